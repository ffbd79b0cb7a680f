package dev.waybill.connectors.box;

/**
 * What Box was asked, which decides what a refusal means.
 *
 * @param subject the id of the folder, for sentences
 */
record BoxOperation(About about, String subject) {

    static final BoxOperation ACCOUNT = new BoxOperation(About.ACCOUNT, "");
    static final BoxOperation FILE = new BoxOperation(About.FILE, "");

    /** What it is about. */
    enum About {
        ACCOUNT,
        FOLDER,
        FILE
    }

    static BoxOperation folder(String id) {
        return new BoxOperation(About.FOLDER, id);
    }
}
