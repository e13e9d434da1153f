package dev.smsrunner.jobfile;

import java.util.List;

/**
 * One node of the YAML text.
 *
 * @param kind what it is
 * @param text the scalar as written; empty for others
 * @param members the members of a block, in the order of the file; empty for others
 * @param place where it begins
 */
record YamlNode(Kind kind, String text, List<Member> members, YamlLocation place) {

    /** What a node may be; of a list of plain values the text holds the elements, separated by commas. */
    enum Kind {
        SCALAR,
        BLOCK,
        LIST,
        EMPTY_LIST
    }

    /** One key of a block, with its own place and its value. */
    record Member(String key, YamlLocation place, YamlNode value) {}

    /** Whether it is a key without a value: {@code key:}, {@code ~} or {@code null}. */
    boolean isNothing() {
        return kind == Kind.SCALAR && (text.isBlank() || text.equals("~") || text.equals("null"));
    }
}
