package dev.waybill.testing;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Awaiting something, a test is not to be ended by an exception that some thread of another class leaves behind: classes
 * run side by side, and services die in the midst of them.
 */
public final class PatienceOfTests implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}
