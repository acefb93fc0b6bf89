"""`wegweiser demo`: the model centre, to be tried out."""

from argparse import ArgumentParser, Namespace

from wegweiser.config.commands.shape import Command, stage


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--serve", action="store_true", help="serve it too, with the worker beside it")


def run(arguments: Namespace) -> int:
    from wegweiser.config import demo, demo_company, serve

    demo.refuse_in_public()
    installed, logins = demo.install(quick=arguments.serve, tell=stage)
    print(f"{installed.centre.name}: {installed.counts['created']} new, {installed.counts['kept']} kept as changed.")
    if not arguments.serve:
        print("\n".join([demo.told(logins), "", demo_company.told(demo_company.login())]).rstrip())
        return 0

    def tell(address: str) -> None:
        desk = f"{address.rstrip('/')}/desk/"
        lines = [f"Wegweiser answers at {address}", f"Staff log in at {desk}", "", demo.told(logins), ""]
        lines += [demo_company.told(demo_company.login())]
        print("\n".join(["", *lines, "", "Stop with Ctrl-C."]), flush=True)

    stage("Pages and style sheets")
    return serve.run(on_answer=tell)


COMMAND = Command(
    "demo",
    "Set up the model centre with demo logins; a second run keeps what was entered.",
    run,
    configure,
    serves=True,
    is_demo=True,
)
