package dev.smsrunner.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Properties of the terminal of this process. */
public final class Terminal {

    private static final int DEFAULT_WIDTH = 80;
    private static final int DEFAULT_HEIGHT = 24;

    private Terminal() {}

    /**
     * Whether a file descriptor is a terminal. {@code System.console()} is null as soon as any of them is redirected, so
     * {@code run --json | jq} would lose its progress output.
     */
    static boolean is(int descriptor) {
        var link = Path.of("/proc/self/fd/" + descriptor);
        try {
            var target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.startsWith("/dev/console");
        } catch (IOException | UnsupportedOperationException ex) {
            return System.console() != null;
        }
    }

    /** Whether text may be coloured; respects {@code NO_COLOR}, {@code CLICOLOR_FORCE} and {@code TERM=dumb}. */
    public static boolean colours(boolean isTerminal, boolean noColor, Map<String, String> environment) {
        if (noColor || !environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        var forced = environment.getOrDefault("CLICOLOR_FORCE", "0");
        if (!forced.isEmpty() && !forced.equals("0")) {
            return true;
        }
        return isTerminal && !"dumb".equals(environment.get("TERM"));
    }

    /** Whether the locale supports characters beyond ASCII. */
    static boolean unicode(Map<String, String> environment) {
        for (var name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            var value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    /** Width in columns: from {@code stty}, else {@code COLUMNS}, else 80. */
    static int width(Map<String, String> environment) {
        int reported = stty(1);
        return reported > 0 ? reported : number(environment.getOrDefault("COLUMNS", ""), DEFAULT_WIDTH);
    }

    /** Height in rows: from {@code stty}, else {@code LINES}, else 24. */
    public static int height(Map<String, String> environment) {
        int reported = stty(0);
        return reported > 0 ? reported : number(environment.getOrDefault("LINES", ""), DEFAULT_HEIGHT);
    }

    /** Rows (field 0) or columns (field 1) from {@code stty}, 0 without output. */
    private static int stty(int field) {
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return 0;
            }
            var fields = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                    .trim()
                    .split(" ");
            return fields.length == 2 ? number(fields[field], 0) : 0;
        } catch (IOException ex) {
            return 0;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static int number(String text, int otherwise) {
        return text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : otherwise;
    }
}
