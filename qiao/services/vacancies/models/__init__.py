from qiao.services.vacancies.models.placement import Placement
from qiao.services.vacancies.models.post import Post
from qiao.services.vacancies.models.referral import Referral

__all__ = ["Placement", "Post", "Referral"]
