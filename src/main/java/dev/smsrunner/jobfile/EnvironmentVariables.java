package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.SecretNames;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${NAME}} and {@code ${NAME:-otherwise}} in values. A doubled dollar sign escapes a reference. */
final class EnvironmentVariables {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{");

    private final Map<String, String> values;

    EnvironmentVariables(Map<String, String> values) {
        this.values = values;
    }

    /** Text with all references replaced. Unresolved references are passed to {@code problems}. */
    String fill(String text, Consumer<CellProblem> problems) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        value(reference.group(), reference.group(1), reference.group(2), problems)));
    }

    private String value(
            String whole, @Nullable String name, @Nullable String fallback, Consumer<CellProblem> problems) {
        if (whole.startsWith("$$")) {
            return "${";
        }
        if (name == null) {
            problems.accept(
                    new CellProblem("has a ${ that is not ${NAME} or ${NAME:-otherwise}", "write $${ for a plain ${"));
            return "";
        }
        if (SecretNames.isSecretName(name)) {
            problems.accept(new CellProblem(
                    "refers to " + QuotedText.of(name) + ", which looks like a secret",
                    "remove it; the runner reads credentials from the environment without a reference"));
            return "";
        }
        return lookUp(name, fallback, problems);
    }

    private String lookUp(String name, @Nullable String fallback, Consumer<CellProblem> problems) {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty() && fallback == null) {
            problems.accept(new CellProblem(
                    "needs the environment variable " + name + ", which is not set",
                    "set it, or write ${" + name + ":-otherwise}"));
        }
        return value.isEmpty() && fallback != null ? fallback : value;
    }
}
