package dev.smsrunner.sms;

import dev.smsrunner.documents.Markdown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The generated parts of docs/error-codes.md: the known codes by their class. */
public final class ErrorCodeReference {

    private ErrorCodeReference() {}

    /** Lines of Markdown by the name of the region. */
    public static Map<String, List<String>> regions() {
        Map<String, List<String>> regions = new LinkedHashMap<>();
        regions.put("restarted codes", restarted());
        for (ErrorClass errorClass : ErrorClass.values()) {
            regions.put("codes " + errorClass, codes(errorClass));
        }
        return regions;
    }

    private static List<String> restarted() {
        String codes = ErrorTable.read().entrySet().stream()
                .filter(entry -> entry.getValue().restartable())
                .map(entry -> "`" + shown(entry.getKey()) + "`")
                .sorted()
                .collect(Collectors.joining(", "));
        return Markdown.paragraph(codes + ".");
    }

    private static List<String> codes(ErrorClass errorClass) {
        return ErrorTable.lines().stream()
                .filter(line -> line.errorClass() == errorClass)
                .flatMap(line -> item(line).stream())
                .toList();
    }

    private static List<String> item(ErrorTable.Line line) {
        String codes =
                line.codes().stream().map(ErrorCodeReference::shown).collect(Collectors.joining("**, **", "**", "**"));
        return Markdown.item(codes + ": " + line.meaning() + ". " + line.action());
    }

    private static String shown(String code) {
        return Character.isDigit(code.charAt(0)) ? "SMS." + code : code;
    }
}
