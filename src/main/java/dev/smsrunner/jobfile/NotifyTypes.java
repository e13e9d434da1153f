package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.Suggestions;
import dev.smsrunner.jobfile.NotifySettings.Occasion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types of the notification settings. */
final class NotifyTypes {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final List<String> OCCASIONS =
            Stream.of(Occasion.values()).map(SettingTypes::spelling).toList();

    private NotifyTypes() {}

    static SettingType<Set<Occasion>> occasions() {
        return SettingType.of("list of " + SettingTypes.code(OCCASIONS), NotifyTypes::occasions)
                .in(SettingType.Form.LIST);
    }

    private static Set<Occasion> occasions(SettingInput input) {
        Set<Occasion> on = EnumSet.noneOf(Occasion.class);
        for (String name : input.text().split(",")) {
            int index = OCCASIONS.indexOf(name.strip().toLowerCase(Locale.ROOT));
            if (index < 0) {
                SettingTypes.unknown(input, name.strip(), OCCASIONS, "write ");
            } else {
                on.add(Occasion.values()[index]);
            }
        }
        return on;
    }

    static SettingType<Path> program() {
        return SettingType.of("path", NotifyTypes::program);
    }

    private static @Nullable Path program(SettingInput input) {
        try {
            Path command = input.resolve().toAbsolutePath();
            if (!command.toFile().isFile() || !command.toFile().canExecute()) {
                input.problem(
                        QuotedText.of(input.text()) + " is not a program that can be executed",
                        "write the path of one, relative to the job file, without arguments");
            }
            return command;
        } catch (InvalidPathException ex) {
            input.pathProblem("write the path of a program");
            return null;
        }
    }

    static SettingType<String> template() {
        return SettingType.of("text with placeholders", input -> {
            PLACEHOLDER
                    .matcher(input.text())
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !NotifySettings.PLACEHOLDERS.contains(name))
                    .forEach(name -> reportPlaceholder(input, name));
            return input.text();
        });
    }

    private static void reportPlaceholder(SettingInput input, String name) {
        var known = NotifySettings.PLACEHOLDERS.stream().sorted().toList();
        input.problem(
                QuotedText.of("{" + name + "}") + " is not a placeholder",
                Suggestions.advice(name, NotifySettings.PLACEHOLDERS, "known are " + String.join(", ", known)));
    }
}
