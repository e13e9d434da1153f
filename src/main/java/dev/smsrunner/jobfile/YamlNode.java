package dev.smsrunner.jobfile;

import java.util.List;

/**
 * One node of the YAML text.
 *
 * @param kind kind of the node
 * @param text the scalar as written; empty for others
 * @param members the members of a block, in the order of the file; empty for others
 * @param place start of the node
 */
record YamlNode(Kind kind, String text, List<Member> members, YamlLocation place) {

    /** Kinds of nodes. The text of a list of plain values contains its elements, separated by commas. */
    enum Kind {
        SCALAR,
        BLOCK,
        LIST,
        EMPTY_LIST
    }

    /** One key of a block, with its own place and its value. */
    record Member(String key, YamlLocation place, YamlNode value) {}

    /** Whether the node is a key without a value: {@code key:}, {@code ~} or {@code null}. */
    boolean isNull() {
        return kind == Kind.SCALAR && (text.isBlank() || text.equals("~") || text.equals("null"));
    }
}
