package dev.waybill.connectors.box;

/**
 * What Box was asked, which decides what a refusal means.
 *
 * @param subject the id of the folder, for sentences
 */
record BoxQuestion(About about, String subject) {

    static final BoxQuestion ACCOUNT = new BoxQuestion(About.ACCOUNT, "");
    static final BoxQuestion FILE = new BoxQuestion(About.FILE, "");

    /** What it is about. */
    enum About {
        ACCOUNT,
        FOLDER,
        FILE
    }

    static BoxQuestion folder(String id) {
        return new BoxQuestion(About.FOLDER, id);
    }
}
