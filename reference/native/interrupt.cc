// The part of Ctrl-C that JavaScript cannot do: stop code that never yields, on the second SIGINT.
// Public V8, Node and libuv API only; POSIX; for the main thread.
//
// Problem. A listener for SIGINT is JavaScript, so it waits until the running code returns: for ever, in `for (;;);`.
//
// What does not work. Isolate::TerminateExecution() alone: it cuts Node's own JavaScript in half as readily as the
// user's, after which stdout swallows every line or the timers are broken for good, because `finally` blocks do not
// run either. Throwing from an interrupt callback: V8 never delivers it. The vm module's breakOnSigint: 12 us and a
// thread per step, and a SIGINT between two steps ends the process.
//
// What we do. The signal handler only counts and wakes. From the second SIGINT on, a thread that is otherwise asleep
// asks V8 again and again to interrupt the JavaScript thread; the interrupt callback, on the JavaScript thread, looks
// who is running and terminates only while the user's code is on top of the stack. runTurn() contains the damage.
// Counting where the signal arrives (the kernel prefers the main thread) makes the count exact between two steps.
//
// Watching is one sigaction() and releasing another, because a run costs a few microseconds. That would lose against
// `process.on("SIGINT")` inside a run, for which libuv installs a handler and after which it removes it. So JavaScript
// tells us of listeners, we go on top of libuv's handler and call it from ours, and a signal handle of our own keeps
// libuv from touching SIGINT again before release().
//
// What remains. Nothing catches the kill: `catch` and `finally` of the killed code do not run. V8 terminates at the stack
// check after the one where we decide, and optimised user code has none where it enters a function that was inlined: a
// small function may be cut after all.
#include <node.h>
#include <uv.h>

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace {

using v8::BackingStore;
using v8::Context;
using v8::Function;
using v8::FunctionCallbackInfo;
using v8::Global;
using v8::HandleScope;
using v8::Int32Array;
using v8::Isolate;
using v8::Local;
using v8::Object;
using v8::SharedArrayBuffer;
using v8::String;
using v8::Value;

// What the two languages tell each other, without a call. The order is repeated in addon.ts.
struct Words {
  std::atomic<int32_t> mode;      // who runs; only the JavaScript thread reads and writes it
  std::atomic<int32_t> arrived;   // SIGINTs since watch(); far below zero while nobody watches
  std::atomic<int32_t> noticed;   // how many of those JavaScript knows about
};
static_assert(sizeof(Words) == 3 * sizeof(int32_t), "an Int32Array must fit over Words");
static_assert(std::atomic<int32_t>::is_always_lock_free, "a signal handler must not take a lock");

enum Mode : int32_t { kProtected = 0, kUserCode = 1, kKilled = 2 };

constexpr int32_t kNobodyWatches = INT32_MIN / 2;
constexpr uint64_t kMillisecond = 1'000'000;

// How long we wait for user code to be on top of the stack before we interrupt Node's own code after all: so much
// processor time of the JavaScript thread, since a busy machine is no reason, but never longer than the second limit.
// Print loops need about 100 ms; a loop that just began and only calls Node has one chance in 130 ms, until it is
// optimised (V8 looks for interrupts in unoptimised loops no more often than that).
constexpr uint64_t kPatience = 2000 * kMillisecond;
constexpr uint64_t kPatienceAtMost = 5000 * kMillisecond;

// When the JavaScript thread was out of reach for so long after the second SIGINT, it is stuck in native code or in
// callbacks outside runTurn. The next SIGINT ends the process, or Ctrl-C would never do anything again.
constexpr uint64_t kStuck = 1000 * kMillisecond;

// One watch per process: SIGINT is the process's. Everything here outlives the isolate and is never destroyed.
Isolate* isolate = nullptr;
std::shared_ptr<BackingStore>* memory = nullptr;
Words* words = nullptr;                        // in that memory, which JavaScript sees as an Int32Array
uv_async_t wake;                               // signal handler -> event loop
Global<Function>* on_wake = nullptr;
Global<Context>* wake_context = nullptr;
std::vector<std::string>* protected_prefixes = nullptr;
int turns_running = 0;

struct sigaction ours;
struct sigaction original;                     // what stood there when the watch began
struct sigaction libuvs;                       // what Node's listeners need, since the first of them was added
std::atomic<void (*)(int)> libuv_handler{nullptr};
std::atomic<bool> somebody_listens{false};     // to process.on("SIGINT")
uv_signal_t anchor;                            // keeps libuv's handler registered with libuv
bool anchor_made = false;
std::atomic<uint64_t> last_within_reach{0};    // when the second SIGINT arrived, or code was found to be spared
uint64_t sparing_since = 0;
uint64_t processor_time_then = 0;

uv_thread_t pursuer;
bool pursuer_started = false;
uv_sem_t pursuit;                              // signal handler -> pursuer; node's own SIGINT handler posts one, too
std::atomic<bool> shutting_down{false};
std::atomic<bool> interrupt_requested{false};

bool Watching() { return words->arrived >= 0; }

bool KillIsDue() { return words->arrived >= 2 && words->noticed < 2; }

// --- The signal handler: any thread, async-signal-safe calls only. ---

bool IsStuck(int32_t arrived) {
  return arrived > 2 && words->noticed < 2 && !somebody_listens && uv_hrtime() - last_within_reach > kStuck;
}

void OnSigint(int signal_number) {
  const int saved_errno = errno;
  const int32_t arrived = words->arrived.fetch_add(1) + 1;
  auto* const tell_libuv = libuv_handler.load();
  if (arrived <= 0) {
    // Another thread was given the signal, and release() was faster. Whoever has SIGINT now shall have this one.
    kill(getpid(), SIGINT);
  } else {
    if (arrived == 2) last_within_reach = uv_hrtime();
    if (tell_libuv != nullptr) tell_libuv(signal_number);
    if (IsStuck(arrived)) {
      sigaction(SIGINT, &original, nullptr);
      kill(getpid(), SIGINT);
    }
    uv_async_send(&wake);
    if (arrived >= 2) uv_sem_post(&pursuit);
  }
  errno = saved_errno;
}

// --- The kill: asked for by the pursuer, decided and done on the JavaScript thread. ---

bool UserCodeIsOnTop() {
  HandleScope scope(isolate);
  const String::Utf8Value script(isolate, v8::StackTrace::CurrentScriptNameOrSourceURL(isolate));
  if (*script == nullptr) return true;
  const std::string_view name(*script, script.length());
  if (name.substr(0, 5) == "node:") return false;
  for (const std::string& prefix : *protected_prefixes) {
    if (name.substr(0, prefix.size()) == prefix) return false;
  }
  return true;
}

uint64_t ProcessorTime() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1000 * kMillisecond + time.tv_nsec;
}

// Counts from the first time that code was spared, not from the SIGINT: the time before may have passed in native code.
bool PatienceIsOver() {
  const uint64_t now = uv_hrtime();
  last_within_reach = now;
  if (sparing_since == 0) {
    sparing_since = now;
    processor_time_then = ProcessorTime();
  }
  if (now - sparing_since < kPatience) return false;
  return ProcessorTime() - processor_time_then > kPatience || now - sparing_since > kPatienceAtMost;
}

// At a stack check (loop or call) of whatever JavaScript is running.
void OnInterrupt(Isolate*, void*) {
  interrupt_requested = false;
  // In every mode but one the event loop itself is running; it reads the count before it goes on.
  if (!KillIsDue() || turns_running == 0 || words->mode != kUserCode) return;
  if (!UserCodeIsOnTop() && !PatienceIsOver()) return;
  words->mode = kKilled;
  words->noticed = words->arrived.load();
  isolate->TerminateExecution();
}

// Back to back, so that nearly every stack check is an interrupt: in a loop that prints, user code is on top at only
// one check in fifty.
void Pursue() {
  uint64_t requested_at = 0;
  while (KillIsDue() && !shutting_down) {
    if (!interrupt_requested.exchange(true)) {
      isolate->RequestInterrupt(OnInterrupt, nullptr);
      requested_at = uv_hrtime();
    } else if (uv_hrtime() - requested_at > kMillisecond / 10) {
      uv_sleep(1);  // no stack check in sight: native code, or a thread that does not get the processor
    }
  }
}

void RunPursuer(void*) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);  // other people's handlers are none of this thread's business
  for (;;) {
    uv_sem_wait(&pursuit);
    if (shutting_down) return;
    Pursue();
  }
}

// --- Taking SIGINT and giving it back: JavaScript thread. ---

bool IsOurs(const struct sigaction& action) {
  return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == OnSigint;
}

bool TakeSigint() {
  sparing_since = 0;
  words->mode = kProtected;
  words->noticed = 0;
  words->arrived = 0;
  sigaction(SIGINT, &ours, &original);
  if ((original.sa_flags & SA_SIGINFO) != 0 || original.sa_handler != SIG_IGN) return true;
  sigaction(SIGINT, &original, nullptr);  // ignored on purpose: it stays so
  words->arrived = kNobodyWatches;
  return false;
}

// Node has just installed libuv's handler, in place of ours.
void GoOnTopOfLibuv(const struct sigaction& installed) {
  libuvs = installed;
  libuv_handler = installed.sa_handler;  // before ours is on top, or libuv misses a SIGINT
  sigaction(SIGINT, &ours, nullptr);
  if (!anchor_made) anchor_made = uv_signal_init(wake.loop, &anchor) == 0;
  uv_signal_start(&anchor, [](uv_signal_t*, int) {}, SIGINT);
  uv_unref(reinterpret_cast<uv_handle_t*>(&anchor));
}

void GiveSigintBack() {
  if (!Watching()) return;
  struct sigaction current;
  sigaction(SIGINT, nullptr, &current);
  // If it is not ours any more, somebody took it from us natively: theirs it is.
  if (libuv_handler != nullptr) uv_signal_stop(&anchor);
  if (IsOurs(current)) sigaction(SIGINT, somebody_listens ? &libuvs : &original, nullptr);
  const int32_t arrived = words->arrived.exchange(kNobodyWatches);
  // Ctrl-C during the last microseconds of a run, about which nobody was told, counts as one just after it.
  const bool unnoticed = arrived > words->noticed && words->noticed < 2;
  if (unnoticed && !somebody_listens) kill(getpid(), SIGINT);
  libuv_handler = nullptr;
  somebody_listens = false;
}

// --- What JavaScript sees. ---

// watch(onWake): takes SIGINT; false if the process ignores it. onWake() runs on the event loop after each SIGINT, and
// keeps the event loop alive until release().
void Watch(const FunctionCallbackInfo<Value>& args) {
  if (Watching() || !args[0]->IsFunction()) return args.GetReturnValue().Set(false);
  if (!pursuer_started) pursuer_started = uv_thread_create(&pursuer, RunPursuer, nullptr) == 0;
  if (!pursuer_started || !TakeSigint()) return args.GetReturnValue().Set(false);
  on_wake->Reset(isolate, args[0].As<Function>());
  uv_ref(reinterpret_cast<uv_handle_t*>(&wake));
  args.GetReturnValue().Set(true);
}

void Release(const FunctionCallbackInfo<Value>&) {
  GiveSigintBack();
  uv_unref(reinterpret_cast<uv_handle_t*>(&wake));
}

// listenersChanged(somebodyListens): to be called after each change of process.listeners("SIGINT") during a watch.
void ListenersChanged(const FunctionCallbackInfo<Value>& args) {
  if (!Watching()) return;
  somebody_listens = args[0]->IsTrue();
  struct sigaction current;
  sigaction(SIGINT, nullptr, &current);
  if (somebody_listens && !IsOurs(current)) GoOnTopOfLibuv(current);
}

// runTurn(turn): calls turn(); true if it was killed. Exceptions pass.
void RunTurn(const FunctionCallbackInfo<Value>& args) {
  v8::TryCatch attempt(isolate);
  ++turns_running;
  const Local<Function> turn = args[0].As<Function>();
  const bool threw = turn->Call(isolate->GetCurrentContext(), v8::Undefined(isolate), 0, nullptr).IsEmpty();
  --turns_running;
  const bool killed = words->mode == kKilled;
  if (killed) {
    words->mode = kProtected;
    isolate->CancelTerminateExecution();
    attempt.Reset();
  } else if (threw) {
    attempt.ReThrow();
    return;
  }
  args.GetReturnValue().Set(killed);
}

// protect(prefix): scripts whose name begins so are not killed in the middle.
void Protect(const FunctionCallbackInfo<Value>& args) {
  const String::Utf8Value prefix(isolate, args[0]);
  protected_prefixes->emplace_back(*prefix, prefix.length());
}

void OnWake(uv_async_t*) {
  if (!Watching()) return;
  HandleScope scope(isolate);
  const Local<Context> context = wake_context->Get(isolate);
  const Context::Scope entered(context);
  (void)node::MakeCallback(isolate, context->Global(), on_wake->Get(isolate), 0, nullptr, {0, 0});
}

void ShutDown(void*) {
  GiveSigintBack();
  shutting_down = true;
  if (pursuer_started) {
    uv_sem_post(&pursuit);
    uv_thread_join(&pursuer);
  }
  on_wake->Reset();
  wake_context->Reset();
  uv_close(reinterpret_cast<uv_handle_t*>(&wake), nullptr);
  if (anchor_made) uv_close(reinterpret_cast<uv_handle_t*>(&anchor), nullptr);
}

void SetUp(Local<Context> context) {
  memory = new std::shared_ptr<BackingStore>(SharedArrayBuffer::NewBackingStore(isolate, sizeof(Words)));
  words = new ((*memory)->Data()) Words{{kProtected}, {kNobodyWatches}, {0}};
  on_wake = new Global<Function>;
  wake_context = new Global<Context>(isolate, context);
  protected_prefixes = new std::vector<std::string>;

  ours.sa_handler = OnSigint;
  ours.sa_flags = SA_RESTART;
  sigfillset(&ours.sa_mask);

  uv_sem_init(&pursuit, 0);
  uv_async_init(node::GetCurrentEventLoop(isolate), &wake, OnWake);
  uv_unref(reinterpret_cast<uv_handle_t*>(&wake));
  node::AddEnvironmentCleanupHook(isolate, ShutDown, nullptr);
}

}  // namespace

// Called once for each time the file is loaded: again after `require.cache` was cleared, and in worker threads.
NODE_MODULE_INIT() {
  Isolate* const loader = Isolate::GetCurrent();
  if (isolate == nullptr) {
    isolate = loader;
    SetUp(context);
  }
  if (isolate != loader) {
    loader->ThrowException(v8::Exception::Error(
        String::NewFromUtf8Literal(loader, "SIGINT belongs to the thread that loaded this addon first")));
    return;
  }
  NODE_SET_METHOD(exports, "watch", Watch);
  NODE_SET_METHOD(exports, "release", Release);
  NODE_SET_METHOD(exports, "listenersChanged", ListenersChanged);
  NODE_SET_METHOD(exports, "runTurn", RunTurn);
  NODE_SET_METHOD(exports, "protect", Protect);
  const Local<SharedArrayBuffer> buffer = SharedArrayBuffer::New(isolate, *memory);
  const Local<Int32Array> array = Int32Array::New(buffer, 0, sizeof(Words) / sizeof(int32_t));
  exports.As<Object>()->Set(context, String::NewFromUtf8Literal(isolate, "words"), array).Check();
}
