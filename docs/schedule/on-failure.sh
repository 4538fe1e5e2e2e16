#!/bin/sh
# 没有做好时由 selfeval 调用：把原因和状态寄给第一个参数写的收件人；没有 mail 的机器上写进系统日志。
set -u
title="selfeval 没有做好：${SELFEVAL_UNIT:-批处理} ${SELFEVAL_YEAR:-}（退出码 $SELFEVAL_EXIT_CODE）"
tell() {
    printf '%s\n\n' "$SELFEVAL_MESSAGE"
    if [ -n "$SELFEVAL_STATUS" ]; then cat "$SELFEVAL_STATUS"; fi
}
if command -v mail >/dev/null; then
    tell | mail -s "$title" "$1"
else
    printf '%s\n%s\n' "$title" "$(tell)" | logger -t selfeval
fi
