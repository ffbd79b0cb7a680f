package dev.waybill.platform.formats;

import java.util.Set;

/** Types whose files are kept in a container that other types share. */
final class Containers {

    private static final Set<String> ZIPS = Set.of(
            "application/java-archive",
            "application/vnd.android.package-archive",
            "application/vnd.google-earth.kmz",
            "application/vnd.ms-xpsdocument",
            "application/oxps",
            "application/vnd.visio2013",
            "application/vnd.ms-visio.drawing",
            "application/x-tika-ooxml",
            "application/x-xpinstall",
            "application/x-ios-app",
            "application/x-sketch",
            "model/3mf",
            "application/zip");
    private static final Set<String> OLE2 = Set.of(
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.ms-outlook",
            "application/vnd.ms-project",
            "application/vnd.ms-works",
            "application/vnd.visio",
            "application/x-hwp",
            "application/x-mspublisher",
            "application/x-msi",
            "image/vnd.fpx",
            "application/x-ole-storage");

    private Containers() {}

    static boolean isZip(String type) {
        return ZIPS.contains(type)
                || type.endsWith("+zip")
                || type.startsWith("application/vnd.openxmlformats-officedocument.")
                || type.startsWith("application/vnd.oasis.opendocument.")
                || type.startsWith("application/vnd.sun.xml.")
                || type.startsWith("application/vnd.apple.")
                || (type.startsWith("application/vnd.ms-") && type.contains("macroenabled"));
    }

    /** Whether it says no more than how things are kept together. */
    static boolean isBare(String type) {
        return type.equals("application/zip") || type.equals("application/x-ole-storage");
    }

    static boolean isOle2(String type) {
        return OLE2.contains(type);
    }
}
