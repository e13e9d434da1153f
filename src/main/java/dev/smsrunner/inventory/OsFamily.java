package dev.smsrunner.inventory;

/** Operating system family of a source server ({@code os_type} of CreateTask). */
public enum OsFamily {
    LINUX,
    WINDOWS
}
