from qiao.services.vacancies.models.placement import Placement
from qiao.services.vacancies.models.post import Post
from qiao.services.vacancies.models.referral import Referral
from qiao.services.vacancies.models.title import LearnedTitle

__all__ = ["LearnedTitle", "Placement", "Post", "Referral"]
