"""Addresses of schools and area offices; an assessment is named by its round and its school's ministry code."""

from django.urls import path

from .views import answering, campaign, deciding, evidence, facts, overseeing, verifying

ROUND = "rounds/<int:year>-<int:number>/"
HERE = f"{ROUND}schools/<str:code>/"

urlpatterns = [
    path("work/", overseeing.work, name="work"),
    path("board/", overseeing.latest_board, name="board"),
    path("rounds/", campaign.rounds, name="rounds"),
    path("rounds/new/", campaign.new, name="round-new"),
    path(ROUND, campaign.one, name="round"),
    path(f"{ROUND}board/", overseeing.board, name="board-of"),
    path(f"{ROUND}add/", campaign.bring_in, name="round-add"),
    path(f"{ROUND}remind/", campaign.remind, name="round-remind"),
    path(f"{ROUND}correct/", campaign.correct, name="round-correct"),
    path(f"{ROUND}close/", campaign.close, name="round-close"),
    path(HERE, answering.school, name="school"),
    path(f"{HERE}indicators/", answering.listing, name="listing"),
    path(f"{HERE}indicators/<slug:key>/", answering.indicator, name="indicator"),
    path(f"{HERE}indicators/<slug:key>/comment/", verifying.talk, name="comment"),
    path(f"{HERE}indicators/<slug:key>/evidence/", evidence.add, name="evidence-add"),
    path(f"{HERE}indicators/<slug:key>/evidence/<uuid:public_id>/", evidence.remove, name="evidence-remove"),
    path(f"{HERE}facts/", facts.facts, name="facts"),
    path(f"{HERE}confirm/", answering.confirm, name="confirm"),
    path(f"{HERE}check/", answering.check, name="check"),
    path(f"{HERE}hand-in/", answering.send, name="hand-in"),
    path(f"{HERE}withdraw/", answering.take_back, name="withdraw"),
    path(f"{HERE}receipts/<int:place>/", answering.receipt, name="receipt"),
    path(f"{HERE}receipts/<int:place>/paper.pdf", answering.receipt_paper, name="receipt-paper"),
    path(f"{HERE}history/", overseeing.history, name="history"),
    path(f"{HERE}verify/", verifying.overview, name="verifying"),
    path(f"{HERE}verify/<slug:key>/", verifying.one, name="verify"),
    path(f"{HERE}accept/", verifying.take_in, name="accept"),
    path(f"{HERE}agree/", verifying.agree_to_many, name="agree"),
    path(f"{HERE}finish/", verifying.conclude, name="finish"),
    path(f"{HERE}recall/", verifying.call_back, name="recall"),
    path(f"{HERE}reopen/", verifying.open_again, name="reopen"),
    path(f"{HERE}approve/", verifying.sign, name="approve"),
    path(f"{HERE}send-back/", deciding.back, name="send-back"),
    path(f"{HERE}unlock/", deciding.reopen, name="unlock"),
    path(f"{HERE}extend/", deciding.prolong, name="extend"),
    path(f"{HERE}colour/", deciding.decide_colour, name="override"),
    path("schools/<str:code>/colours/", overseeing.colours, name="colours"),
]
