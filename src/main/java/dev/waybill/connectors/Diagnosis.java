package dev.waybill.connectors;

/** What is wrong with a source, in words that stay: they stand in answers, ledgers and metrics. */
public enum Diagnosis {
    /** The key, or its secret, is wrong. */
    INVALID_CREDENTIALS(Reach.RUN),
    /** They were good once. */
    EXPIRED_CREDENTIALS(Reach.RUN),
    /** They may not list. */
    ACCESS_DENIED(Reach.RUN),
    BUCKET_NOT_FOUND(Reach.RUN),
    PATH_NOT_FOUND(Reach.RUN),
    WRONG_REGION(Reach.RUN),
    /** Who asks pays, and was not told to. */
    REQUESTER_PAYS(Reach.RUN),
    CLOCK_SKEW(Reach.RUN),
    TLS(Reach.RUN),
    /** It cannot be reached, or breaks off; also an address that may not be dialled. */
    NETWORK(Reach.RUN),
    /** The provider's own cap is reached. */
    QUOTA(Reach.RUN),
    /** It answers, and not as such a store does: its listing goes in circles, for one. */
    BROKEN_LISTING(Reach.RUN),
    ACCESS_DENIED_READ(Reach.FILE),
    KMS_DENIED(Reach.FILE),
    ARCHIVED(Reach.FILE),
    CHANGED_DURING_READ(Reach.FILE),
    VANISHED(Reach.FILE),
    NOT_DOWNLOADABLE(Reach.FILE),
    /** The provider is still preparing it. */
    NOT_READY(Reach.FILE),
    INTEGRITY_MISMATCH(Reach.FILE),
    TOO_LARGE(Reach.FILE),
    UNSUPPORTED(Reach.FILE),
    /** It asks for patience: 429, SlowDown. */
    THROTTLED(Reach.PACE);

    private final Reach reach;

    Diagnosis(Reach reach) {
        this.reach = reach;
    }

    /** How much it concerns. */
    public enum Reach {
        /** Nothing can go on. */
        RUN,
        /** One file. */
        FILE,
        /** How fast it may go. */
        PACE
    }

    public Reach reach() {
        return reach;
    }
}
