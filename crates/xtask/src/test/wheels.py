"""Compiles documents with the `typst` wheel: ROOT FONTS OUT DOCUMENT…

Prints a line of JSON with the compiler's version, then one a document.
"""

import json
import os
import sys

import typst

root, fonts, out = sys.argv[1:4]

probe = os.path.join(out, "probe.typ")
with open(probe, "w") as file:
    file.write('#metadata(array(sys.version).map(str).join(".")) <version>')
version = json.loads(typst.query(probe, "<version>", field="value", one=True))
print(json.dumps({"version": version}), flush=True)

for document in sys.argv[4:]:
    output = os.path.join(out, os.path.basename(document) + ".pdf")
    try:
        typst.compile(
            document,
            output=output,
            root=root,
            font_paths=[fonts],
            ignore_system_fonts=True,
        )
        error = None
    except Exception as caught:
        error = str(caught) or repr(caught)
    print(json.dumps({"document": document, "error": error}), flush=True)
