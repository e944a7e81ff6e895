/* Counts the calls that change files below SHIM_ROOT and does something at call number SHIM_AT.
 *
 * SHIM_MODE  count         only counts
 *            before        SIGKILL instead of the call
 *            after         the call, then SIGKILL
 *            torn          half of a write, then SIGKILL
 *            full          ENOSPC from then on, until the reserve is given up
 *            full-for-good ENOSPC from then on
 * SHIM_NOTES gets a line for every counted call, and `FIRED` when it happened.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { COUNT, BEFORE, AFTER, TORN, FULL, FULL_FOR_GOOD };
static const char *const MODES[] = {"count", "before", "after", "torn", "full", "full-for-good"};

static char root[4096];
static size_t root_length;
static long at, counted;
static int mode, is_full, fired, notes = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void note(const char *what, const char *path) {
  char line[4608];
  int length = snprintf(line, sizeof line, "%ld %s %s\n", counted, what, path);
  if (length > 0 && notes >= 0) syscall(SYS_write, notes, line, (size_t)length);
}

__attribute__((constructor)) static void start(void) {
  const char *given = getenv("SHIM_ROOT"), *number = getenv("SHIM_AT"), *how = getenv("SHIM_MODE"), *file = getenv("SHIM_NOTES");
  if (!given || !file) return;
  snprintf(root, sizeof root, "%s/", given);
  root_length = strlen(root);
  at = number ? atol(number) : 0;
  for (int i = 0; how && i < (int)(sizeof MODES / sizeof *MODES); i++)
    if (!strcmp(how, MODES[i])) mode = i;
  notes = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_ours(const char *path) { return root_length && !strncmp(path, root, root_length); }

static int path_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, size - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_ours(path);
}

static void die(void) {
  syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
  for (;;) pause();
}

/* What the call has to do: 0 nothing special, otherwise the mode. */
static int step(const char *what, const char *path) {
  counted++;
  note(what, path);
  if (counted != at || mode == COUNT) return is_full ? FULL : 0;
  fired = 1;
  note("FIRED", path);
  if (mode == FULL || mode == FULL_FOR_GOOD) is_full = 1;
  return mode;
}

#define CHANGE(what, path, failed, call)                   \
  do {                                                     \
    int todo = step(what, path);                           \
    if (todo == BEFORE || todo == TORN) die();             \
    if (todo == FULL || todo == FULL_FOR_GOOD) {           \
      errno = ENOSPC;                                      \
      return failed;                                       \
    }                                                      \
    __typeof__(call) result = call;                        \
    if (todo == AFTER) die();                              \
    return result;                                         \
  } while (0)

#define WRITE(what, half, call)                            \
  do {                                                     \
    char path[4096];                                       \
    if (!path_of(fd, path, sizeof path)) return call;      \
    int todo = step(what, path);                           \
    if (todo == BEFORE) die();                             \
    if (todo == TORN) {                                    \
      half;                                                \
      die();                                               \
    }                                                      \
    if (todo == FULL || todo == FULL_FOR_GOOD) {           \
      errno = ENOSPC;                                      \
      return -1;                                           \
    }                                                      \
    ssize_t result = call;                                 \
    if (todo == AFTER) die();                              \
    return result;                                         \
  } while (0)

ssize_t write(int fd, const void *data, size_t size) {
  WRITE("write", syscall(SYS_write, fd, data, size / 2), REAL(write)(fd, data, size));
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  WRITE("pwrite", syscall(SYS_pwrite64, fd, data, size / 2, offset), REAL(pwrite)(fd, data, size, offset));
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  WRITE("pwrite", syscall(SYS_pwrite64, fd, data, size / 2, offset), REAL(pwrite64)(fd, data, size, offset));
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  WRITE("writev", syscall(SYS_write, fd, parts[0].iov_base, parts[0].iov_len / 2), REAL(writev)(fd, parts, count));
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  WRITE("pwritev", syscall(SYS_pwrite64, fd, parts[0].iov_base, parts[0].iov_len / 2, offset), REAL(pwritev)(fd, parts, count, offset));
}

#define WITH_FD(what, call)                                \
  do {                                                     \
    char path[4096];                                       \
    if (!path_of(fd, path, sizeof path)) return call;      \
    CHANGE(what, path, -1, call);                          \
  } while (0)

int fsync(int fd) { WITH_FD("fsync", REAL(fsync)(fd)); }
int fdatasync(int fd) { WITH_FD("fdatasync", REAL(fdatasync)(fd)); }
int ftruncate(int fd, off_t size) { WITH_FD("ftruncate", REAL(ftruncate)(fd, size)); }
int ftruncate64(int fd, off64_t size) { WITH_FD("ftruncate", REAL(ftruncate64)(fd, size)); }
int fallocate(int fd, int how, off_t from, off_t size) { WITH_FD("fallocate", REAL(fallocate)(fd, how, from, size)); }
int fallocate64(int fd, int how, off64_t from, off64_t size) { WITH_FD("fallocate", REAL(fallocate64)(fd, how, from, size)); }

int rename(const char *from, const char *to) {
  if (!is_ours(to)) return REAL(rename)(from, to);
  CHANGE("rename", to, -1, REAL(rename)(from, to));
}
int renameat(int from_dir, const char *from, int to_dir, const char *to) {
  if (!is_ours(to)) return REAL(renameat)(from_dir, from, to_dir, to);
  CHANGE("rename", to, -1, REAL(renameat)(from_dir, from, to_dir, to));
}
int mkdir(const char *path, mode_t rights) {
  if (!is_ours(path) || !faccessat(AT_FDCWD, path, F_OK, 0)) return REAL(mkdir)(path, rights);
  CHANGE("mkdir", path, -1, REAL(mkdir)(path, rights));
}

/* Taking a file away needs no room. Giving the reserve up makes some. */
static int removed(int result, const char *path) {
  size_t length = strlen(path), tail = strlen("/seal/reserve");
  if (!result && mode == FULL && length > tail && !strcmp(path + length - tail, "/seal/reserve")) is_full = 0;
  return result;
}
static int take_away(const char *path, int (*real)(const char *)) {
  int todo = step("unlink", path);
  if (todo == BEFORE || todo == TORN) die();
  int result = removed(real(path), path);
  if (todo == AFTER) die();
  return result;
}
int unlink(const char *path) {
  if (!is_ours(path) || faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW)) return REAL(unlink)(path);
  return take_away(path, REAL(unlink));
}

#define OPEN(path, flags, call)                                                           \
  do {                                                                                    \
    if (!((flags)&O_CREAT) || !is_ours(path) || !faccessat(AT_FDCWD, path, F_OK, 0)) return call; \
    CHANGE("create", path, -1, call);                                                     \
  } while (0)
#define RIGHTS                                             \
  mode_t rights = 0;                                       \
  if (flags & (O_CREAT | O_TMPFILE)) {                     \
    va_list more;                                          \
    va_start(more, flags);                                 \
    rights = va_arg(more, mode_t);                         \
    va_end(more);                                          \
  }

int open(const char *path, int flags, ...) {
  RIGHTS OPEN(path, flags, REAL(open)(path, flags, rights));
}
int open64(const char *path, int flags, ...) {
  RIGHTS OPEN(path, flags, REAL(open64)(path, flags, rights));
}
int openat(int dir, const char *path, int flags, ...) {
  RIGHTS OPEN(path, flags, REAL(openat)(dir, path, flags, rights));
}
int openat64(int dir, const char *path, int flags, ...) {
  RIGHTS OPEN(path, flags, REAL(openat64)(dir, path, flags, rights));
}
