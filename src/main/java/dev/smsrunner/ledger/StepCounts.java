package dev.smsrunner.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Counts of one execution of a step, from the repository of Spring Batch. A resumed run executes a step again when it was not
 * completed.
 *
 * @param step name of the step
 * @param status status of the execution, such as COMPLETED or STOPPED; STARTED also after the process died
 * @param read rows that the step read
 * @param filtered rows that its processor filtered
 * @param written rows that it wrote
 * @param skipped rows that it skipped because of an error
 */
public record StepCounts(String step, String status, long read, long filtered, long written, long skipped) {

    /** Executions of the steps by run id, in the order in which they were created. */
    public static Map<String, List<StepCounts>> findAll(DataSource database) {
        var byRun = new LinkedHashMap<String, List<StepCounts>>();
        new JdbcTemplate(database).query("""
                select parameter.parameter_value as run_id, step.step_name, step.status, step.read_count, step.filter_count,
                  step.write_count, step.read_skip_count + step.process_skip_count + step.write_skip_count as skip_count
                from batch_job_execution_params parameter
                join batch_step_execution step on step.job_execution_id = parameter.job_execution_id
                where parameter.parameter_name = 'run'
                order by step.step_execution_id
                """, at -> {
            byRun.computeIfAbsent(at.getString("run_id"), id -> new ArrayList<>())
                    .add(new StepCounts(
                            at.getString("step_name"),
                            at.getString("status"),
                            at.getLong("read_count"),
                            at.getLong("filter_count"),
                            at.getLong("write_count"),
                            at.getLong("skip_count")));
        });
        return byRun;
    }
}
