package io.foundling.local;

import java.util.concurrent.CountDownLatch;

/** Holds a stack until it is ended from outside. */
final class StackHolder {

    private StackHolder() {}

    public static void main(String[] args) throws InterruptedException {
        LocalStack stack = LocalStack.startTemporary();
        System.out.println("directory=" + stack.directory());
        new CountDownLatch(1).await();
    }
}
