package dev.smsrunner.batch;

/** Listener of the stages of a run; must not block. */
@FunctionalInterface
public interface StageListener {

    /** A stage starts; the name is the name of its step. */
    void stageStarted(String name);
}
