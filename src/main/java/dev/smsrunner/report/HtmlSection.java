package dev.smsrunner.report;

import java.util.Locale;

/** The parts of the page, in their order. */
enum HtmlSection {
    /** What failed and why, what a person should look at, what to do. */
    NEEDS("What needs you") {
        @Override
        void write(Html html, ReportData night, TimeScale time) {
            new HtmlAttention(night).write(html);
        }
    },
    /** Where the servers were, and when they ended. */
    NIGHT("The night") {
        @Override
        void write(Html html, ReportData night, TimeScale time) {
            HtmlCharts.night(html, new StageChart(night, time), night);
        }
    },
    /** The waves in counts. */
    WAVES("Waves") {
        @Override
        void write(Html html, ReportData night, TimeScale time) {
            new HtmlWaves(night).write(html);
        }
    },
    /** The line of each server. */
    TIMELINE("Timeline of every server") {
        @Override
        void write(Html html, ReportData night, TimeScale time) {
            HtmlCharts.legend(html, true);
            new GanttChart(night, new TimeScale(time.from(), time.to(), 194, 790)).write(html);
        }
    },
    /** How long servers took. */
    DURATIONS("How long it took") {
        @Override
        void write(Html html, ReportData night, TimeScale time) {
            new DurationHistogram(night).write(html);
        }
    },
    /** How the calls went. */
    CALLS("Calls to the service") {
        @Override
        void write(Html html, ReportData night, TimeScale time) {
            new HtmlCalls(night, time).write(html);
        }
    },
    /** The audit annex. */
    CHANGES("Changes made in the cloud") {
        @Override
        void write(Html html, ReportData night, TimeScale time) {
            new HtmlChanges(night).write(html);
        }
    },
    /** Every row of the inventory. */
    ROWS("All servers") {
        @Override
        void write(Html html, ReportData night, TimeScale time) {
            new HtmlRows(night).write(html);
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

    abstract void write(Html html, ReportData night, TimeScale time);
}
