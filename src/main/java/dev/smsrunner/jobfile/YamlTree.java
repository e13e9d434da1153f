package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads YAML 1.2 into a tree with the location of every key. It reads the token stream instead of a bound object, so that every
 * problem has its exact location and none hides another. It rejects anchors, aliases, merge keys and tags, which the binding
 * would silently treat as text.
 */
final class YamlTree {

    private static final int MAX_DEPTH = 20;

    private final String file;
    private final String[] lines;
    private final Problems problems;
    private final JsonParser parser;
    private int currentNumber;
    private int[] currentLine = {};

    private YamlTree(String file, String text, Problems problems) {
        this.file = file;
        this.lines = text.split("\r\n|\r|\n", -1);
        this.problems = problems;
        this.parser = YAMLFactory.builder().build().createParser(ObjectReadContext.empty(), text);
    }

    /**
     * Reads the only document of the text. Problems that do not prevent reading are added to the list.
     *
     * @throws JobFileException if the text cannot be read to its end
     */
    static YamlNode read(String file, String text, Problems problems) throws JobFileException {
        if (text.length() > JobFileText.MAX_BYTES) {
            problems.add(new YamlLocation(file, 0, 0), "", "is longer than 1 MB", "give a job file, not the inventory");
            problems.throwIfAny();
        }
        try {
            return new YamlTree(file, text, problems).document();
        } catch (JacksonException ex) {
            problems.add(placeOf(file, ex), "", "is not valid YAML: " + reason(ex), "correct the text there");
            problems.throwIfAny();
            throw ex;
        }
    }

    private YamlNode document() throws JobFileException {
        YamlNode root = new YamlNode(YamlNode.Kind.BLOCK, "", List.of(), new YamlLocation(file, 1, 1));
        if (parser.nextToken() != null) {
            root = node(0);
            if (root.kind() != YamlNode.Kind.BLOCK) {
                fail(
                        root.place(),
                        "is not a job file",
                        "write keys and values, such as job: migrate in the first line");
            }
        }
        if (parser.nextToken() != null) {
            fail(here(), "has a second document", "keep one document for each file, without ---");
        }
        return root;
    }

    private YamlNode node(int depth) throws JobFileException {
        YamlLocation place = here();
        if (depth > MAX_DEPTH) {
            fail(place, "is nested deeper than " + MAX_DEPTH + " levels", "see the sample job files");
        }
        JsonToken token = parser.currentToken();
        rejectReference(place);
        if (token == JsonToken.START_OBJECT) {
            return new YamlNode(YamlNode.Kind.BLOCK, "", members(depth), place);
        }
        if (token == JsonToken.START_ARRAY) {
            return list(place);
        }
        return new YamlNode(YamlNode.Kind.SCALAR, parser.getString().strip(), List.of(), place);
    }

    /** Reads a list. Its text is empty if an element is not a plain value. */
    private YamlNode list(YamlLocation place) {
        List<String> elements = new ArrayList<>();
        boolean plain = true;
        boolean empty = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            empty = false;
            plain &= parser.currentToken().isScalarValue();
            if (plain) {
                elements.add(parser.getString().strip());
            } else {
                parser.skipChildren();
            }
        }
        return new YamlNode(
                empty ? YamlNode.Kind.EMPTY_LIST : YamlNode.Kind.LIST,
                plain ? String.join(", ", elements) : "",
                List.of(),
                place);
    }

    private List<YamlNode.Member> members(int depth) throws JobFileException {
        List<YamlNode.Member> members = new ArrayList<>();
        Map<String, YamlLocation> places = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            YamlLocation place = here();
            rejectReference(place);
            YamlLocation first = places.putIfAbsent(key, place);
            if (first != null) {
                problems.add(
                        place, SettingKeys.display(key), "is already on line " + first.line(), "keep one of the two");
            }
            parser.nextToken();
            YamlNode value = node(depth + 1);
            if (first == null && !isMerge(key, place)) {
                members.add(new YamlNode.Member(key, place, value));
            }
        }
        return members;
    }

    private boolean isMerge(String key, YamlLocation place) {
        boolean merge = key.equals("<<");
        if (merge) {
            problems.add(place, "<<", "is a merge key, which job files do not support", "write the keys out");
        }
        return merge;
    }

    private void rejectReference(YamlLocation place) {
        int[] line = line(place.line());
        int first = place.column() <= line.length ? line[place.column() - 1] : ' ';
        switch (first) {
            case '&' -> problems.add(place, "", "has an anchor (&), which job files do not support", "remove it");
            case '*' ->
                problems.add(place, "", "has an alias (*), which job files do not support", "write the value out");
            case '!' -> problems.add(place, "", "has a tag (!), which job files do not support", "remove it");
            default -> {}
        }
    }

    /** Code points of a line, cached since consecutive calls mostly need the same line. */
    private int[] line(int number) {
        if (number != currentNumber) {
            currentNumber = number;
            currentLine =
                    number <= lines.length ? lines[number - 1].codePoints().toArray() : new int[0];
        }
        return currentLine;
    }

    private YamlLocation here() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new YamlLocation(file, location.getLineNr(), location.getColumnNr());
    }

    private void fail(YamlLocation place, String what, String advice) throws JobFileException {
        problems.add(place, "", what, advice);
        problems.throwIfAny();
    }

    private static YamlLocation placeOf(String file, JacksonException e) {
        Optional<Mark> mark =
                e.getCause() instanceof MarkedYamlEngineException marked ? marked.getProblemMark() : Optional.empty();
        return mark.map(at -> new YamlLocation(file, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> locationOf(file, e.getLocation()));
    }

    private static YamlLocation locationOf(String file, @Nullable TokenStreamLocation location) {
        return location == null
                ? new YamlLocation(file, 0, 0)
                : new YamlLocation(file, Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 1));
    }

    /** Message of the parser without its excerpt, which may contain a secret. */
    private static String reason(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return "nested too deep, or a name or number far too long";
        }
        if (!(e.getCause() instanceof MarkedYamlEngineException marked)) {
            return "a key or a character that YAML does not allow";
        }
        String problem = QuotedText.visible(marked.getProblem());
        return problem.contains("got {") ? problem + " (inside braces write \"${NAME}\" in quotes)" : problem;
    }
}
