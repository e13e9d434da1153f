package dev.smsrunner.cli;

import static dev.smsrunner.documents.Markdown.code;

import dev.smsrunner.documents.Markdown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Generated parts of docs/commands.md: commands, options and exit codes. */
public final class CommandReference {

    private final CommandSpec root;
    private final Map<String, OptionSpec> common = new LinkedHashMap<>();

    private CommandReference(CommandSpec root) {
        this.root = root;
        commands(root)
                .get("runs")
                .mixins()
                .get("common")
                .options()
                .forEach(option -> common.put(option.longestName(), option));
    }

    /** Markdown lines by region. */
    public static Map<String, List<String>> regions() {
        return new CommandReference(program()).all();
    }

    /** Command tree. */
    public static CommandSpec program() {
        return Cli.commandLine(new InProcessCli().context()).getCommandSpec();
    }

    /** Commands by name, without {@code help}. */
    public static Map<String, CommandSpec> commands(CommandSpec program) {
        Map<String, CommandSpec> commands = new LinkedHashMap<>();
        program.subcommands().forEach((name, line) -> commands.put(name, line.getCommandSpec()));
        commands.remove("help");
        return commands;
    }

    private Map<String, List<String>> all() {
        Map<String, List<String>> regions = new LinkedHashMap<>();
        regions.put("command list", list());
        regions.put("common options", options(List.copyOf(common.values())));
        commands(root).forEach((name, command) -> regions.put("command " + name, command(command)));
        regions.put(
                "exit codes",
                Markdown.table(
                        List.of("code", "meaning"),
                        ExitCode.list().entrySet().stream()
                                .map(code -> List.of(code.getKey().strip(), code.getValue()))
                                .toList()));
        return regions;
    }

    private List<String> list() {
        return commands(root).entrySet().stream()
                .flatMap(command -> Markdown.item(
                        "[`" + command.getKey() + "`](#" + command.getKey() + "): " + purpose(command.getValue()))
                        .stream())
                .toList();
    }

    private static String purpose(CommandSpec command) {
        String[] header = command.usageMessage().header();
        return header.length > 0 ? header[0] : command.usageMessage().description()[0];
    }

    private List<String> command(CommandSpec command) {
        List<String> lines = new ArrayList<>(Markdown.paragraph(purpose(command)));
        lines.add("");
        lines.addAll(Markdown.fenced("text", List.of(synopsis(command))));
        String[] description = command.usageMessage().description();
        if (description.length > 0 && command.usageMessage().header().length > 0) {
            lines.add("");
            lines.addAll(description(List.of(description)));
        }
        List<String> own = arguments(command);
        if (!own.isEmpty()) {
            lines.add("");
            lines.addAll(own);
        }
        String[] footer = command.usageMessage().footer();
        if (footer.length > 0) {
            lines.add("");
            lines.addAll(Markdown.fenced("text", footer(command, footer)));
        }
        return lines;
    }

    private static String synopsis(CommandSpec command) {
        StringBuilder text = new StringBuilder(command.qualifiedName()).append(" [OPTIONS]");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            boolean required = parameter.arity().min() > 0;
            text.append(required ? " " : " [").append(parameter.paramLabel().replaceAll("[\\[\\]]", ""));
            text.append(required ? "" : "]");
        }
        return text.toString();
    }

    /** Formats sentences as a paragraph; text with columns stays unchanged. */
    private static List<String> description(List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains("   "))
                ? Markdown.fenced("text", lines)
                : Markdown.paragraph(String.join(" ", lines));
    }

    private static List<String> footer(CommandSpec command, String[] footer) {
        List<String> lines = new ArrayList<>();
        String heading = command.usageMessage().footerHeading();
        if (!heading.isEmpty()) {
            lines.add(heading.formatted().strip());
        }
        lines.addAll(Arrays.asList(footer));
        while (lines.get(0).isEmpty()) {
            lines.remove(0);
        }
        return lines;
    }

    private List<String> arguments(CommandSpec command) {
        List<String> lines = new ArrayList<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            lines.addAll(Markdown.item(code(parameter.paramLabel()) + ": " + text(command, parameter)));
        }
        lines.addAll(options(command.options().stream()
                .filter(option -> !option.hidden())
                .filter(option -> !isCommon(command, option))
                .toList()));
        return lines;
    }

    private boolean isCommon(CommandSpec command, OptionSpec option) {
        return command.mixins().containsKey("common") && common.containsKey(option.longestName());
    }

    private static List<String> options(List<OptionSpec> options) {
        List<String> lines = new ArrayList<>();
        options.forEach(option -> lines.addAll(Markdown.item(names(option) + ": " + text(option.command(), option))));
        return lines;
    }

    private static String names(OptionSpec option) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            names.add(code(name + parameter(option)));
        }
        if (option.negatable()) {
            names.add(code(option.longestName().replaceFirst("--", "--no-")));
        }
        return String.join(", ", names);
    }

    private static String parameter(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        return option.arity().min() == 0 ? "[=" + option.paramLabel() + "]" : " " + option.paramLabel();
    }

    private static String text(CommandSpec command, ArgSpec argument) {
        String text = String.join(" ", argument.description());
        boolean isShown = command != null && command.usageMessage().showDefaultValues();
        String value = argument.defaultValue();
        return !isShown || value == null || value.equals("false") ? text : text + " Default: " + code(value) + ".";
    }
}
