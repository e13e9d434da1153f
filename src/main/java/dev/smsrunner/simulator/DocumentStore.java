package dev.smsrunner.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Documents of an account, each with its own id: templates, migration projects, consent. */
final class DocumentStore {

    private final Map<String, Map<String, ObjectNode>> byKind = new LinkedHashMap<>();
    private final Map<String, Integer> created = new HashMap<>();

    List<ObjectNode> all(String kind) {
        return new ArrayList<>(kind(kind).values());
    }

    Optional<ObjectNode> find(String kind, String id) {
        return Optional.ofNullable(kind(kind).get(id));
    }

    /** Number of documents of a kind ever created, including deleted ones. */
    int ever(String kind) {
        return created.getOrDefault(kind, 0);
    }

    void put(String kind, String id, ObjectNode document) {
        if (kind(kind).put(id, document) == null) {
            created.merge(kind, 1, Integer::sum);
        }
    }

    void remove(String kind, String id) {
        kind(kind).remove(id);
    }

    private Map<String, ObjectNode> kind(String kind) {
        return byKind.computeIfAbsent(kind, unused -> new LinkedHashMap<>());
    }
}
