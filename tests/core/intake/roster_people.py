"""Invented people of rosters, and their identity numbers."""

from qiao.core.intake.values.id_numbers import check_digit


def id_number(birth: str = "19620305", serial: int = 1) -> str:
    first17 = f"130103{birth}{serial:03}"
    return first17 + check_digit(first17)


NAMES = [
    "刘芳",
    "王翠捧",
    "张伟",
    "李秀英",
    "赵建国",
    "陈桂兰",
    "杨志强",
    "马玉霞",
    "孙小明",
    "周丽",
    "吴海燕",
    "郑国庆",
]


def person(number: int) -> dict:
    birth = f"19{50 + number * 3 % 38}{number % 12 + 1:02}{number % 27 + 1:02}"
    serial = number * 7 + 2
    sex = "男" if serial % 2 else "女"
    return {
        "seq": number + 1,
        "name": NAMES[number % len(NAMES)],
        "sex": sex,
        "age": 2006 - int(birth[:4]),
        "birth": f"{birth[:4]}.{int(birth[4:6])}.{int(birth[6:])}",
        "id_number": id_number(birth, serial),
        "education": ["初中", "高中毕业", "大专", "小学"][number % 4],
        "party": ["群众", "党员"][number % 2],
        "address": f"和平东路{number + 10}号2-1-{number + 101}",
        "street": "东华街道",
        "community": "东华社区",
        "phone": f"139031{number:05}",
        "kind": ["下岗人员", "新成长劳动力", "农民工"][number % 3],
        "certificate_no": f"1301030{number:05}",
        "former_unit": "市棉纺一厂",
        "unemployed_since": "1998.6",
        "wish_occupation": "保洁",
        "wish_pay": 800,
        "low_income": "是" if number % 4 == 0 else "否",
        "registered": "√",
        "household_no": f"A{number // 3 + 1:03}",
        "household_head": NAMES[number // 3 * 3 % len(NAMES)],
        "relation": ["户主", "妻", "儿子"][number % 3],
        "hukou_kind": "非农业",
        "health": "健康",
        "marital": "已婚",
        "state": ["失业", "已就业"][number % 2],
        "employer": "",
        "note": "",
        None: "附加",
        "skill": "厨师",
        "wish_training": "电脑",
    }


def people(fields: list, count: int = 6, start: int = 0) -> list[list]:
    return [[person(number)[code] for code in fields] for number in range(start, start + count)]
