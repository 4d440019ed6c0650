"""An area office's account of a budget year, part by part, in the office's own order."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from khunnaphap.core.letters import KINDS
from khunnaphap.core.programme import DIRECTIONS, STATEMENT_KINDS
from khunnaphap.core.rounds import RoundName
from khunnaphap.organisations.models import AreaOffice


class Letter(models.Model):
    """A letter, order or announcement; typed once, cited from anywhere."""

    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    sender = models.CharField(max_length=200)
    urgency = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=60, blank=True)
    dated = models.DateField()
    subject = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["dated", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "sender", "urgency", "number", "dated", "subject"], name="a_letter_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sender} {self.number}"


class Account(models.Model):
    """The account of one office for one budget year (B.E.); ``version`` rises with each change."""

    office = models.ForeignKey(AreaOffice, on_delete=models.PROTECT, related_name="accounts")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["year", "office_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "year"], name="one_account_an_office_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.year}"


class Part(models.Model):
    """What all parts share: whose account, and the place in it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["account_id", "position"]


class Placed(Part):
    """What parts share that may be told among the activities: their place there, and the office's own step."""

    number = models.PositiveIntegerField(null=True)
    step = models.CharField(max_length=200, blank=True)

    class Meta(Part.Meta):
        abstract = True


class Statement(Part):
    """Background, preface, progress, success factor or recommendation."""

    kind = models.CharField(max_length=20, choices=list(STATEMENT_KINDS.items()))
    area = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    to = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.text[:60]


class Step(Part):
    """One of the office's own steps."""

    title = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField(null=True)
    introduction = models.TextField(blank=True)
    begins = models.DateField(null=True)
    until = models.DateField(null=True)
    months = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title


class Candidate(Part):
    """A school proposed for its district, and whether it was chosen."""

    school = models.CharField(max_length=160)
    chosen = models.BooleanField()
    proposed = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(null=True)
    announced_number = models.PositiveIntegerField(null=True)
    announced = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.school


class Committee(Placed):
    """A committee and its order."""

    name = models.CharField(max_length=300)
    task = models.TextField(blank=True)
    order = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class Activity(Placed):
    """Something done; ``items`` are its sub-points in order."""

    title = models.TextField()
    organiser = models.CharField(max_length=200, blank=True)
    series = models.PositiveSmallIntegerField(null=True)
    purpose = models.TextField(blank=True)
    chair = models.CharField(max_length=300, blank=True)
    reporter = models.CharField(max_length=300, blank=True)
    attendance = models.TextField(blank=True)
    items = models.JSONField(default=list)
    result = models.TextField(blank=True)
    letters = models.ManyToManyField(Letter, through="Citation")

    def __str__(self) -> str:
        return self.title[:60]


class Citation(models.Model):
    """A letter that an activity cites, in the order it cites them."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="citations")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["activity_id", "position"]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.letter_id}"


class Occasion(models.Model):
    """When and where an activity was held: a site, or a channel for a group."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occasions")
    position = models.PositiveIntegerField()
    day = models.DateField(null=True)
    until = models.DateField(null=True)
    begins = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=300, blank=True)
    whole_month = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["activity_id", "position"]

    def __str__(self) -> str:
        return f"{self.day} {self.place}"


class Submission(Placed):
    """A plan or report sent or due."""

    title = models.CharField(max_length=300)
    to = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True)
    due_month = models.BooleanField(default=False)
    sent = models.DateField(null=True)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class Money(Placed):
    """Money received or passed on, in baht; ``parties`` are [name, amount as text or null] pairs."""

    direction = models.CharField(max_length=10, choices=list(DIRECTIONS.items()))
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    parties = models.JSONField(default=list)
    plan = models.CharField(max_length=300, blank=True)
    project = models.CharField(max_length=300, blank=True)
    main_activity = models.CharField(max_length=300, blank=True)
    budget_line = models.CharField(max_length=300, blank=True)
    purpose = models.TextField(blank=True)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.direction} {self.amount}"


class Support(Placed):
    """Support from outside."""

    giver = models.CharField(max_length=300)
    what = models.TextField()
    school = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.giver


class StaffingGap(Part):
    """A post that is lacking."""

    school = models.CharField(max_length=160)
    post = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    asked = models.CharField(max_length=300, blank=True)
    to = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.school}: {self.post}"


class Difficulty(Part):
    """A problem, its solution and what is expected of it."""

    problem = models.TextField()
    solution = models.TextField()
    results = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.problem[:60]


class GoodPractice(Part):
    """A model of a school or of the office itself; ``steps`` in order."""

    title = models.CharField(max_length=200)
    school = models.CharField(max_length=160, blank=True)
    description = models.TextField(blank=True)
    steps = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title


class Inspection(models.Model):
    """A ministry inspection: budget year and number, and the moment after which rounds no longer count.

    The policy it asks after, and the issue with its number there, are empty where they are the report form's.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    cut_off = models.DateTimeField()
    policy = models.CharField(max_length=200, blank=True)
    issue_number = models.CharField(max_length=10, blank=True)
    issue = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["year", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "number"], name="one_inspection_a_name")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> RoundName:
        """Budget year/number, e.g. 2567/2."""
        return RoundName(self.year, self.number)
