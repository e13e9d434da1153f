package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.SecretNames;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills {@code ${NAME}} and {@code ${NAME:-otherwise}} into values; {@code $${} stands for itself. */
final class EnvironmentVariables {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{");

    private final Map<String, String> values;

    EnvironmentVariables(Map<String, String> values) {
        this.values = values;
    }

    /** The text with all references filled in; what cannot be filled in is given to {@code refused}. */
    String fill(String text, Consumer<CellProblem> refused) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        value(reference.group(), reference.group(1), reference.group(2), refused)));
    }

    private String value(
            String whole, @Nullable String name, @Nullable String otherwise, Consumer<CellProblem> refused) {
        if (whole.startsWith("$$")) {
            return "${";
        }
        if (name == null) {
            refused.accept(
                    new CellProblem("has a ${ that is not ${NAME} or ${NAME:-otherwise}", "write $${ for a plain ${"));
            return "";
        }
        if (SecretNames.looksSecret(name)) {
            refused.accept(new CellProblem(
                    "refers to " + QuotedText.of(name) + ", which looks like a secret",
                    "remove it; credentials are taken from the environment without being named here"));
            return "";
        }
        return lookUp(name, otherwise, refused);
    }

    private String lookUp(String name, @Nullable String otherwise, Consumer<CellProblem> refused) {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty() && otherwise == null) {
            refused.accept(new CellProblem(
                    "needs the environment variable " + name + ", which is not set",
                    "set it, or write ${" + name + ":-otherwise}"));
        }
        return value.isEmpty() && otherwise != null ? otherwise : value;
    }
}
