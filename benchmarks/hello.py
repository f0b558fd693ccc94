"""The least that a Typer program with two commands does: what start-up is measured against."""

import typer

app = typer.Typer(add_completion=False)


@app.command()
def hello(name: str = "") -> None:
    """Greet."""
    typer.echo(f"hello {name}")


@app.command()
def goodbye(name: str = "") -> None:
    """Take leave."""
    typer.echo(f"goodbye {name}")


if __name__ == "__main__":
    app()
