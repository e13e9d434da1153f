package dev.smsrunner.cloud;

/** How a run proves who it is: {@code service.auth} of the job file. */
public enum AuthKind {
    /** Access key and secret key, each request signed. */
    AKSK,
    /** A ready token in {@code X-Auth-Token}. */
    TOKEN,
    /** A token fetched from IAM with user name and password. */
    PASSWORD
}
