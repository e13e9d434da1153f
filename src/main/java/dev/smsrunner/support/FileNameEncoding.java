package dev.smsrunner.support;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Encoding of file names. The JDK takes it from the locale of the process, so that a process with {@code LANG=C}, for example
 * under cron, cannot name a file with an umlaut.
 *
 * @param charset encoding of file names
 * @param locale variable that sets the locale, with its value
 */
public record FileNameEncoding(Charset charset, String locale) {

    /** Encoding of this process. */
    public static FileNameEncoding ofProcess() {
        var name = System.getProperty("sun.jnu.encoding", "");
        return of(Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8, System.getenv());
    }

    static FileNameEncoding of(Charset charset, Map<String, String> environment) {
        var locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .findFirst()
                .map(name -> name + "=" + environment.get(name))
                .orElse("no LC_ALL, LC_CTYPE or LANG");
        return new FileNameEncoding(charset, locale);
    }

    /** Reason why the process cannot name the path, with the remedy; empty when its locale is not the reason. */
    public Optional<String> problemOf(String path) {
        return charset.newEncoder().canEncode(path)
                ? Optional.empty()
                : Optional.of("has characters that the locale of this process (%s, %s) cannot write; set LC_ALL=C.UTF-8"
                        .formatted(locale, charset.name()));
    }

    /** As {@link #problemOf}, with another text when the locale is not the reason. */
    public static String problemOf(String path, String otherwise) {
        return Objects.requireNonNull(ofProcess().problemOf(path).orElse(otherwise));
    }
}
