from qiao.services.employers.models.base import Base
from qiao.services.employers.models.employer import Employer
from qiao.services.employers.models.enterprise import LabourEnterprise
from qiao.services.employers.models.outlet import Outlet

__all__ = ["Base", "Employer", "LabourEnterprise", "Outlet"]
