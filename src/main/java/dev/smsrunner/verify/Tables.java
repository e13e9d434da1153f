package dev.smsrunner.verify;

import dev.smsrunner.ledger.RawTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tables of a run, without its events, which do not fit into memory.
 *
 * @param run row of the run
 * @param rows server rows by number
 * @param inventory original inventory rows by number
 * @param intents mutating calls
 * @param controls operator requests
 * @param intentsOfOthers intents of other runs in the database for the same sources and tasks
 */
record Tables(
        Map<String, @Nullable Object> run,
        List<Map<String, @Nullable Object>> rows,
        List<Map<String, @Nullable Object>> inventory,
        List<Map<String, @Nullable Object>> intents,
        List<Map<String, @Nullable Object>> controls,
        List<Map<String, @Nullable Object>> intentsOfOthers) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Tables of(RawTables archive, String runId) {
        return new Tables(
                archive.run(runId).orElseThrow(),
                archive.rows(runId),
                archive.inventory(runId),
                archive.intents(runId),
                archive.controls(runId),
                archive.intentsOfOtherRuns(runId));
    }

    Map<Integer, String> servers() {
        var servers = new HashMap<Integer, String>();
        rows.forEach(row -> servers.put(number(row), text(row, "server_name")));
        return servers;
    }

    static int number(Map<String, @Nullable Object> row) {
        return (int) whole(row, "row_no");
    }

    static long whole(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Long value ? value : 0;
    }

    /** The cells of an inventory row by column. */
    static Map<String, String> cells(Map<String, @Nullable Object> line) {
        return JSON.readValue(text(line, "cells"), new TypeReference<Map<String, String>>() {});
    }

    /** The value as text, empty for null. */
    static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.toString(row.get(column), "");
    }
}
