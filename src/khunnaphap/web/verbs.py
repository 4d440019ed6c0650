"""Acts in words, for the page that tells a person which events bear their name."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

VERBS: Final = {
    "accept": _("รับไว้ตรวจสอบ"),
    "accept_invitation": _("รับคำเชิญ"),
    "add_evidence": _("แนบหลักฐาน"),
    "agree": _("เห็นตรงกับโรงเรียน"),
    "appoint": _("แต่งตั้ง"),
    "approve": _("รับรองผล"),
    "assign_components": _("มอบหมายองค์ประกอบ"),
    "close_round": _("ปิดรอบ"),
    "comment": _("เขียนความเห็น"),
    "confirm_last": _("ยืนยันคำตอบเดิม"),
    "erase_person": _("ลบข้อมูลส่วนบุคคล"),
    "extend": _("ขยายเวลา"),
    "finish": _("ยืนยันผลตรวจสอบ"),
    "hand_in": _("ส่งแบบประเมิน"),
    "invite": _("เชิญ"),
    "judge": _("ตรวจสอบตัวชี้วัด"),
    "make_person": _("สร้างบัญชี"),
    "open_round": _("เปิดรอบ"),
    "override_colour": _("เปลี่ยนกลุ่มสี"),
    "remind": _("ส่งข้อความเตือน"),
    "remove_evidence": _("ลบหลักฐาน"),
    "revoke_appointment": _("ยกเลิกบทบาท"),
    "revoke_invitation": _("ยกเลิกคำเชิญ"),
    "save_answer": _("บันทึกคำตอบ"),
    "save_facts": _("บันทึกข้อมูลพื้นฐาน"),
    "send_back": _("ส่งคืนบางข้อ"),
    "unlock": _("เปิดให้แก้ไข"),
    "withdraw": _("ดึงกลับมาแก้ไข"),
}
