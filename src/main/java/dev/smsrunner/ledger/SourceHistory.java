package dev.smsrunner.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What all runs of the database did to source servers.
 *
 * @param migrated ids of the tasks with which a source was migrated, by source id
 * @param deletedTasks source ids of the tasks that a run deleted, by task id
 * @param deletedSources ids of the sources that a run deleted; SMS lists one again when its agent restarts
 */
public record SourceHistory(
        Map<String, Set<String>> migrated, Map<String, String> deletedTasks, Set<String> deletedSources) {

    /** History of a database without runs. */
    public static final SourceHistory NONE = new SourceHistory(Map.of(), Map.of(), Set.of());

    /** Reads the runs of the database. */
    static SourceHistory read(JdbcTemplate jdbc) {
        var migrated = new HashMap<String, Set<String>>();
        jdbc.query(
                "select distinct source_id, task_id from migration where outcome = 'MIGRATED' and source_id is not null",
                at -> {
                    var tasks = migrated.computeIfAbsent(at.getString(1), source -> new HashSet<>());
                    if (at.getString(2) != null) {
                        tasks.add(at.getString(2));
                    }
                });
        var deleted = new HashMap<String, String>();
        jdbc.query("""
                select distinct intent.target, migration.source_id from intent
                join migration on migration.run_id = intent.run_id and migration.row_no = intent.row_no
                where intent.operation = 'DELETE_TASK' and intent.state in ('DONE', 'SEEN')
                and migration.source_id is not null
                """, at -> {
            deleted.put(at.getString(1), at.getString(2));
        });
        var sources = new HashSet<>(jdbc.queryForList(
                "select target from intent where operation = 'DELETE_SOURCE' and state in ('DONE', 'SEEN')",
                String.class));
        return new SourceHistory(migrated, deleted, sources);
    }

    /** Whether a run migrated the source with this task; with any task when there is none. */
    public boolean isMigrated(String sourceId, @Nullable String taskId) {
        var tasks = migrated.get(sourceId);
        return tasks != null && (taskId == null || tasks.contains(taskId));
    }

    /** Source of a task that a run deleted; empty when no run deleted it. */
    public Optional<String> findSourceOfDeletedTask(String taskId) {
        return Optional.ofNullable(deletedTasks.get(taskId));
    }

    /** Whether a run deleted the source. Its agent may have registered it again. */
    public boolean hasDeletedSource(String sourceId) {
        return deletedSources.contains(sourceId);
    }

    /** Whether a run deleted a task of the source, and no run deleted the source itself. */
    public boolean hasDeletedTask(String sourceId) {
        return deletedTasks.containsValue(sourceId) && !hasDeletedSource(sourceId);
    }
}
