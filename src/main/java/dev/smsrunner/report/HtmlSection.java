package dev.smsrunner.report;

import java.util.Locale;

/** Sections of the page, in order. */
enum HtmlSection {
    /** Failures by cause, rows that need attention, and the next commands. */
    NEEDS("Needs attention") {
        @Override
        void write(Html html, ReportData data, TimeScale time) {
            new HtmlAttention(data).write(html);
        }
    },
    /** Servers by stage and by end over time. */
    NIGHT("Servers over time") {
        @Override
        void write(Html html, ReportData data, TimeScale time) {
            HtmlCharts.write(html, new StageChart(data, time));
        }
    },
    /** Counts and times of each wave. */
    WAVES("Waves") {
        @Override
        void write(Html html, ReportData data, TimeScale time) {
            new HtmlWaves(data).write(html);
        }
    },
    /** Gantt chart of all servers. */
    TIMELINE("Timeline of every server") {
        @Override
        void write(Html html, ReportData data, TimeScale time) {
            HtmlCharts.legend(html, true);
            new GanttChart(data, new TimeScale(time.from(), time.to(), 194, 790)).write(html);
        }
    },
    /** Durations of the servers. */
    DURATIONS("Durations") {
        @Override
        void write(Html html, ReportData data, TimeScale time) {
            new DurationHistogram(data).write(html);
        }
    },
    /** Statistics of the API calls. */
    CALLS("Calls to the service") {
        @Override
        void write(Html html, ReportData data, TimeScale time) {
            new HtmlCalls(data, time).write(html);
        }
    },
    /** Audit list of all changes. */
    CHANGES("Changes made in the cloud") {
        @Override
        void write(Html html, ReportData data, TimeScale time) {
            new HtmlChanges(data).write(html);
        }
    },
    /** All rows of the inventory. */
    ROWS("All servers") {
        @Override
        void write(Html html, ReportData data, TimeScale time) {
            new HtmlRows(data).write(html);
        }
    };

    private final String title;

    HtmlSection(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract void write(Html html, ReportData data, TimeScale time);
}
