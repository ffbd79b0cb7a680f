package dev.waybill.testing;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Keeps Awaitility from failing a test for an uncaught exception of another class's thread: classes run side by side,
 * and services crash in the midst of them.
 */
public final class PatienceOfTests implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}
