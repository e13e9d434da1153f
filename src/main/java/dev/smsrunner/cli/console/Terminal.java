package dev.smsrunner.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is known of the terminal this process is attached to. */
public final class Terminal {

    private static final int USUAL_WIDTH = 80;
    private static final int USUAL_HEIGHT = 24;

    private Terminal() {}

    /**
     * Whether a file descriptor is a terminal. {@code System.console()} does not tell them apart: it is null as soon as any
     * of them is redirected, and {@code run --json | jq} would lose its progress.
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

    /** Whether text may be coloured; {@code NO_COLOR}, {@code CLICOLOR_FORCE} and {@code TERM=dumb} are heard. */
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

    /** Whether it shows more than ASCII, as the locale says. */
    static boolean unicode(Map<String, String> environment) {
        for (var name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            var value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    /** Its width in columns: what {@code stty} says, else {@code COLUMNS}, else 80. */
    static int width(Map<String, String> environment) {
        int asked = stty(1);
        return asked > 0 ? asked : number(environment.getOrDefault("COLUMNS", ""), USUAL_WIDTH);
    }

    /** Its height in rows: what {@code stty} says, else {@code LINES}, else 24. */
    public static int height(Map<String, String> environment) {
        int asked = stty(0);
        return asked > 0 ? asked : number(environment.getOrDefault("LINES", ""), USUAL_HEIGHT);
    }

    /** The rows (0) or columns (1) that {@code stty} says, 0 where it says nothing. */
    private static int stty(int which) {
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return 0;
            }
            var words = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                    .trim()
                    .split(" ");
            return words.length == 2 ? number(words[which], 0) : 0;
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
