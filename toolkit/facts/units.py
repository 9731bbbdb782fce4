"""Measures that can be told apart and converted; the words for them are in the packs."""

from __future__ import annotations

from fractions import Fraction

# unit: (dimension, size in the dimension's first unit)
UNITS: dict[str, tuple[str, Fraction]] = {
    name: (dimension, Fraction(size))
    for dimension, table in {
        "length": "m 1 nm 1/1000000000 um 1/1000000 mm 1/1000 cm 1/100 km 1000 in 254/10000 "
        "ft 3048/10000 yd 9144/10000 mi 1609344/1000 nmi 1852 ly 9460730472580800",
        "area": "m2 1 mm2 1/1000000 cm2 1/10000 km2 1000000 ha 10000 ac 40468564224/10000000 "
        "ft2 92903/1000000 mi2 2589988 pyeong 330579/100000",
        "volume": "l 1 ml 1/1000 m3 1000 gal 3785/1000 pt 568/1000 bbl 158987/1000 ft3 28317/1000",
        "mass": "kg 1 ug 1/1000000000 mg 1/1000000 g 1/1000 t 1000 lb 45359/100000 "
        "oz 28350/1000000 st 635029/100000",
        "speed": "m/s 1 km/h 1000/3600 mph 44704/100000 kn 514444/1000000",
        "time": "s 1 ms 1/1000 min 60 h 3600 day 86400 week 604800 month 2629746 year 31556952 "
        "decade 315569520 century 3155695200",
        "power": "W 1 hp 7457/10 kW 1000 MW 1000000 GW 1000000000",
        "energy": "cal 1 kcal 1000 kWh 860421 MWh 860421000 GWh 860421000000 TWh 860421000000000",
        "frequency": "Hz 1 kHz 1000 MHz 1000000 GHz 1000000000",
        "data": "MB 1 GB 1000 TB 1000000",
        "pressure": "hPa 1",
        "pixels": "px 1",
        "loudness": "dB 1",
    }.items()
    for name, size in zip(table.split()[::2], table.split()[1::2], strict=True)
}
TEMPERATURES = ("C", "F")
# A part of which currencies: 50 cents are half a dollar or half a euro.
HUNDREDTHS: dict[str, tuple[str, ...]] = {
    "cent": ("USD", "EUR", "AUD", "CAD"),
    "penny": ("GBP",),
    "kopiyka": ("UAH", "RUB"),
}


def dimension(unit: str) -> str:
    """What the unit measures; its own name if it is like no other."""
    if unit in TEMPERATURES or unit == "deg":
        return "temperature"
    return UNITS[unit][0] if unit in UNITS else unit


def multiplied_out(value: Fraction, unit: str) -> tuple[str, Fraction] | None:
    """Calendar durations in one scale: a decade is ten years, a week seven days."""
    if unit in ("week", "day", "h", "min", "s", "ms"):
        return "day", value * UNITS[unit][1] / 86400
    if unit in ("month", "year", "decade", "century"):
        months = {"month": 1, "year": 12, "decade": 120, "century": 1200}
        return "month", value * months[unit]
    return None


def convert(value: Fraction, unit: str, other: str) -> Fraction | None:
    """The value in another unit of the same dimension, or None."""
    if unit == "F" and other == "C":
        return (value - 32) * 5 / 9
    if unit == "C" and other == "F":
        return value * 9 / 5 + 32
    if unit in UNITS and other in UNITS and UNITS[unit][0] == UNITS[other][0]:
        return value * UNITS[unit][1] / UNITS[other][1]
    return None
