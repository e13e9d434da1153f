package dev.smsrunner.inventory;

/** The operating system family of a source server, as CreateTask names it ({@code os_type}). */
public enum OsFamily {
    LINUX,
    WINDOWS
}
