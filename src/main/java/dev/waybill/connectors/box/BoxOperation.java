package dev.waybill.connectors.box;

/**
 * The operation that was requested of Box, by which the meaning of an error is decided.
 *
 * @param subject the id of the folder, for messages
 */
record BoxOperation(About about, String subject) {

    static final BoxOperation ACCOUNT = new BoxOperation(About.ACCOUNT, "");
    static final BoxOperation FILE = new BoxOperation(About.FILE, "");

    /** The kind of operation. */
    enum About {
        ACCOUNT,
        FOLDER,
        FILE
    }

    static BoxOperation folder(String id) {
        return new BoxOperation(About.FOLDER, id);
    }
}
