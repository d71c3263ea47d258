"""All of the work side, from the people's lives: the counts are those of the work report."""

from qiao.demo.population import District
from qiao.demo.work import fair, outlets, posts
from qiao.demo.work.firms import Firms
from qiao.demo.work.model import Work
from qiao.demo.work.placed import choose


def plan(
    seed: int, district: District, known: set[int], office_staff: dict[int, list[str]], scale: float = 1.0
) -> Work:
    """`known`: keys of residents whom a line with their name and number finds; `office_staff`: names by street."""
    firms = Firms(seed, district.communities)
    placements = choose(seed, district, known, firms, scale)
    work = Work(placements=placements)
    work.posts = posts.behind(seed, placements, firms, scale)
    work.fair_posts = posts.of_fair(seed, placements, firms, scale)
    posts.set_apart([*work.posts, *work.fair_posts])
    work.intentions = fair.intentions(seed, district, known, placements, work.fair_posts, scale)
    work.outlets = outlets.outlets(seed, placements, firms, district.communities, scale)
    work.enterprises = outlets.enterprises(seed, firms)
    work.bases = outlets.bases(seed, firms, office_staff)
    work.firms = list(firms.by_name.values())
    return work
