package dev.smsrunner.report;

import java.util.Locale;

/** Sections of the page, in order. */
enum HtmlSection {
    /** Failures by cause, rows that need attention, and the next commands. */
    NEEDS("Needs attention", (html, data, time) -> new HtmlAttention(data).write(html)),
    /** Servers by stage and by end over time. */
    NIGHT("Servers over time", (html, data, time) -> HtmlCharts.write(html, new StageChart(data, time))),
    /** Counts and times of each wave. */
    WAVES("Waves", (html, data, time) -> new HtmlWaves(data.report()).write(html)),
    /** Gantt chart of all servers. */
    TIMELINE("Timeline of every server", (html, data, time) -> {
        HtmlCharts.legend(html, true);
        new GanttChart(data, new TimeScale(time.from(), time.to(), 194, 790)).write(html);
    }),
    /** Durations of the servers. */
    DURATIONS("Durations", (html, data, time) -> new DurationHistogram(data).write(html)),
    /** Statistics of the API calls. */
    CALLS("Calls to the service", (html, data, time) -> new HtmlCalls(data, time).write(html)),
    /** Audit list of all changes. */
    CHANGES("Changes made in the cloud", (html, data, time) -> new HtmlChanges(data).write(html)),
    /** All rows of the inventory. */
    ROWS("All servers", (html, data, time) -> new HtmlRows(data).write(html));

    private final String title;
    private final SectionWriter content;

    /** Writer of the content of a section. */
    @FunctionalInterface
    private interface SectionWriter {
        void write(Html html, ReportData data, TimeScale time);
    }

    HtmlSection(String title, SectionWriter content) {
        this.title = title;
        this.content = content;
    }

    String title() {
        return title;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    void write(Html html, ReportData data, TimeScale time) {
        content.write(html, data, time);
    }
}
