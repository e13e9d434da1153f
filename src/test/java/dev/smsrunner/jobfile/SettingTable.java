package dev.smsrunner.jobfile;

import static dev.smsrunner.documents.Markdown.code;

import dev.smsrunner.job.BulkJobs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All settings with the job that has them, in the order of the documentation. */
final class SettingTable {

    private SettingTable() {}

    /** Jobs by setting, in Markdown: {@code all}, or one job. */
    static Map<SettingDefinition<?>, String> jobsBySetting() {
        Map<SettingDefinition<?>, String> jobs = new LinkedHashMap<>();
        jobs.put(SharedSettings.job(List.copyOf(BulkJobs.ALL)), "all");
        SharedSettings.all().forEach(setting -> jobs.put(setting, "all"));
        for (JobDefinition job : BulkJobs.ALL) {
            job.settings().forEach(setting -> jobs.put(setting, code(job.label())));
        }
        return jobs;
    }
}
