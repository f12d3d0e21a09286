from __future__ import annotations

from pathlib import Path

from django.core.files.base import ContentFile

from library.catalogue.static_files import HashedStaticFiles


def test_imports_of_modules_name_the_hashed_file(tmp_path: Path) -> None:
    storage = HashedStaticFiles(location=str(tmp_path), base_url="/static/")
    files = {
        "js/player.js": b'import { clock } from "./memory.js";\nclock(1);\n',
        "js/memory.js": b"export const clock = (seconds) => seconds;\n",
    }
    for name, text in files.items():
        storage.save(name, ContentFile(text))
    list(storage.post_process({name: (storage, name) for name in files}))
    player = tmp_path / storage.stored_name("js/player.js")
    memory = Path(storage.stored_name("js/memory.js")).name
    assert memory != "memory.js"
    assert f'"./{memory}"' in player.read_text()
