package dev.smsrunner.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Exit code of a command. */
enum ExitCode {
    OK(0, "done: every row reached its goal"),
    SOME_FAILED(1, "the run is finished, some rows failed or were rejected"),
    BAD_INPUT(2, "bad input, nothing was changed"),
    REFUSED(3, "refused: another process works on the run, its files have changed, or the window is over"),
    UNREACHABLE(4, "the service or the database is unreachable, or rejected the credentials; resumable"),
    STOPPED(5, "stopped or interrupted; resumable"),
    INTERNAL(70, "internal error");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** Numeric exit code. */
    int code() {
        return code;
    }

    /** All codes with their meanings, for the help. */
    static Map<String, String> list() {
        var list = new LinkedHashMap<String, String>();
        Arrays.stream(values()).forEach(each -> list.put("%3d".formatted(each.code), each.meaning));
        return list;
    }
}
