"""TOML files that people write by hand beside the raw material: read, or refused with the place where they break."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selfeval.exceptions import InputRefused
from selfeval.reading.document.characters import visible

_LARGEST = 2**20
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read_hand_written(path: Path, example: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any] | None:
    """The content of the file at `path`, None where there is none; `example` says where a reader finds how it is written.

    Characters nobody sees are dropped from every text in it. Raises InputRefused when it is no regular file, too large, not in UTF-8, no
    TOML, or holds control characters.
    """
    text = _text_of(path)
    if text is None:
        return None
    try:
        return _readable(tomllib.loads(text, parse_float=parse_float), path.name)
    except tomllib.TOMLDecodeError as error:
        where = _in_chinese(error)
    except RecursionError:
        where = "括号层数太多"
    except ValueError:
        where = "有一个数字太长"
    raise InputRefused(f"{path.name} 不是合规的 TOML（{where}）；请对照{example}改正")


def _readable(value: Any, name: str) -> Any:  # noqa: ANN401 - whatever TOML can hold
    if isinstance(value, dict):
        return {key: _readable(inner, name) for key, inner in value.items()}
    if isinstance(value, list):
        return [_readable(inner, name) for inner in value]
    if isinstance(value, str) and _CONTROL.search(value):
        raise InputRefused(f"{name} 里的“{_CONTROL.sub('?', value)[:40]}”含有看不见的控制字符；请删去后再试")
    return visible(value) if isinstance(value, str) else value


def _text_of(path: Path) -> str | None:
    """The text of a regular file; a link may lead anywhere, and a pipe waits for ever."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise InputRefused(f"{path.name} 不是普通文件（是文件夹、链接或管道）；请换成文件本身")
    if status.st_size > _LARGEST:
        raise InputRefused(f"{path.name} 有 {status.st_size / 2**20:.0f} MB，超过 {_LARGEST // 2**20} MB 的上限；请核对是不是放错了文件")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused(f"{path.name} 不是 UTF-8 编码；请另存为 UTF-8 后再试") from None
    except OSError as fault:
        raise InputRefused(f"{path.name} 打不开（{fault.strerror}）；请检查有没有读取权限") from fault


def _in_chinese(error: tomllib.TOMLDecodeError) -> str:
    """Where the file breaks; the parser's own words are English and say little more."""
    at = re.search(r"line (\d+), column (\d+)", str(error))
    return f"第 {at[1]} 行第 {at[2]} 列附近写法有误" if at else "文件没有写完整，末尾缺少引号或括号"
