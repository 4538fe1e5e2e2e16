# The ways in: `make report` and `make test`. Bare `make` tells what else there is.
# Needs Python 3.11 or newer, make, git and a package index; what is installed is in requirements.lock, hash by hash.

UNIT    ?= shaodong-emergency
YEAR    ?= 2024
DATA    ?=
OUTPUTS ?=
FORCE   ?=
PYTHON  ?= python3
WORKERS ?= 2
ROUNDS  ?= 5
ONLY    ?=

PY  := .venv/bin/python
LAB := .venv-lab/bin/python

# Packages are installed without bytecode and get it as they are first imported; without it a run takes three times as long.
unexport PYTHONDONTWRITEBYTECODE

# Options common to both locks: exact for every system and Python we support, without the address of any package index.
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet

# Tests of one file stay together, for they share what takes long to make.
SHARED_OUT := -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help report test test-all faults bench lint docs env lab lock clean

help:
	@echo '常用命令 / Commands'
	@echo '  make report   生成报告 / build the report       UNIT=$(UNIT) YEAR=$(YEAR) [DATA=文件夹] [OUTPUTS=文件夹] [FORCE=1]'
	@echo '  make test     运行较快的一半测试，约四分钟 / run the quick half of the tests, about four minutes'
	@echo '  make test-all 运行全部测试 / run all tests'
	@echo '  make faults   运行全部故障试验，约一小时 / every fault we know, about an hour'
	@echo '  make bench    与其他做法并排计时 / time a run beside other ways  [ROUNDS=5] [ONLY=audits]'
	@echo '  make lab      打开 JupyterLab / open JupyterLab (.venv-lab)'
	@echo '  make lint     检查代码和笔记本 / check code and notebooks'
	@echo '  make docs     重拍 README 里的报告图片，需要 chromium / photograph the report for the README, needs chromium'
	@echo '  make env      只建立运行环境 / build .venv only  [PYTHON=python3.12]'
	@echo '  make lock     更新锁文件，需要 uv / renew the locks, needs uv'
	@echo '  make clean    删除环境、缓存和中间表，保留原始材料和已发布的报告 / keep data/raw and outputs'

report: .venv/.ready
	@$(PY) -m selfeval run --unit '$(UNIT)' --year '$(YEAR)' --data '$(DATA)' --outputs '$(OUTPUTS)' $(if $(FORCE),--force)

test: .venv/.ready
	@$(PY) -m pytest $(SHARED_OUT) -m 'not slow and not heavy' --hypothesis-profile=brisk

test-all: .venv/.ready
	@$(PY) -m pytest $(SHARED_OUT)

faults: .venv/.ready
	@$(PY) -m pytest -q -n $(WORKERS) tests/faults -m 'heavy or not heavy'

bench: .venv/.ready
	@$(PY) bench/bench.py --rounds $(ROUNDS) --only '$(ONLY)'

lint: .venv/.ready
	@$(PY) -m ruff check lib tests docs notebooks bench
	@$(PY) -m ruff format --check lib tests docs notebooks bench
	@$(PY) -m nbstripout --verify --keep-id --extra-keys "metadata.papermill cell.metadata.papermill" notebooks/*.ipynb

docs: .venv/.ready
	@$(PY) docs/picture.py '$(UNIT)' '$(YEAR)'

env: .venv/.ready
	@echo "运行环境已就绪：.venv"

lab: .venv-lab/.ready
	@$(LAB) -m jupyterlab --LabApp.app_settings_dir=jupyterlab --ServerApp.root_dir=notebooks notebooks/explore.ipynb

lock:
	$(COMPILE) --extra test --output-file requirements.lock
	$(COMPILE) --extra lab --output-file requirements-lab.lock

clean:
	rm -rf .venv .venv-lab build data/processed lib/selfeval.egg-info .pytest_cache .ruff_cache .hypothesis
	find lib tests notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

.venv/.ready: requirements.lock pyproject.toml
	$(call build,.venv,requirements.lock)

.venv-lab/.ready: requirements-lab.lock pyproject.toml
	$(call build,.venv-lab,requirements-lab.lock)

# $(1) is the environment, $(2) its lock. The stamp comes last: an environment that was left half built is built anew.
# uv knows nothing of an index that only pip was told of, hence pip takes over where uv fails.
define build
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo '需要 Python 3.11 以上；可指定解释器，例如 make PYTHON=python3.12 $(MAKECMDGOALS)'; exit 1; }
	@echo '正在建立运行环境 $(1)，第一次约需一分钟……'
	@rm -rf $(1)
	@if command -v uv >/dev/null && uv venv --quiet --seed --python '$(PYTHON)' $(1) \
		&& uv pip install --quiet --python $(1)/bin/python --require-hashes -r $(2); then :; else \
		rm -rf $(1) && $(PYTHON) -m venv $(1) \
		&& $(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r $(2); fi
	@$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
endef
