"""`wegweiser check`: what is misconfigured."""

from argparse import ArgumentParser, Namespace

from wegweiser.config.commands.shape import Command, print_json


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(arguments: Namespace) -> int:
    from wegweiser.config import check

    findings = check.findings()
    if arguments.json:
        print_json({"findings": [finding.as_json() for finding in findings]})
    else:
        for finding in findings:
            print(f"{finding.level}: {finding.text}")
        if not findings:
            print("Everything is in order.")
    return 1 if any(finding.level == "error" for finding in findings) else 0


COMMAND = Command("check", "Print what is misconfigured; exits 1 when something must be put right.", run, configure)
