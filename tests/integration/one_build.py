"""One build without the orchestrator, as its environment says; prints what it saw and parsed.

A process of its own costs a second and a half, the whole command five.
"""

from pipeline.settings import Settings
from pipeline.warehouse.build import open_build


def main() -> None:
    with open_build(Settings.from_environment()) as build:
        seen = build.survey().files
        parsed = build.parse()
        build.build_tables()
        build.build_views()
        build.publish()
    print(f"{seen} seen, {parsed} parsed")


if __name__ == "__main__":
    main()
