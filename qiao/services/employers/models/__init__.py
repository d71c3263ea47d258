from qiao.services.employers.models.employer import Employer

__all__ = ["Employer"]
