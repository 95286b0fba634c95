//! The lobby, and what can be wrong with cameras and microphones.

/// What a sentence about devices is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKinds {
    Camera,
    Microphone,
    Both,
}

/// Sentences of the lobby and of choosing devices.
#[derive(Debug)]
pub struct LobbyMessages {
    pub invites_you: fn(&str) -> String,
    pub joins_as: &'static str,
    pub join: &'static str,
    pub nothing_sent: &'static str,
    pub needs_script: &'static str,
    pub opening: fn(MediaKinds) -> &'static str,

    pub self_view: &'static str,
    pub level: &'static str,
    pub wake_level: &'static str,
    pub switches: &'static str,
    pub camera: &'static str,
    pub microphone: &'static str,
    pub speaker: &'static str,
    pub camera_numbered: fn(usize) -> String,
    pub microphone_numbered: fn(usize) -> String,
    pub speaker_numbered: fn(usize) -> String,
    pub no_devices: &'static str,
    pub on: &'static str,
    pub off: &'static str,
    pub opens: &'static str,

    pub with_both: &'static str,
    pub without_camera: &'static str,
    pub without_microphone: &'static str,
    pub without_both: &'static str,

    pub denied: fn(MediaKinds) -> &'static str,
    pub allow_in_chromium: &'static str,
    pub allow_in_chromium_on_android: &'static str,
    pub allow_in_firefox: &'static str,
    pub allow_in_safari: &'static str,
    pub allow_on_apple_mobile: &'static str,
    pub allow_elsewhere: &'static str,
    pub denied_by_system: fn(MediaKinds) -> &'static str,
    pub allow_in_system: &'static str,
    pub not_found: fn(MediaKinds) -> &'static str,
    pub plug_in: &'static str,
    pub busy: fn(MediaKinds) -> &'static str,
    pub close_others: &'static str,
    pub insecure: fn(MediaKinds) -> &'static str,
    pub use_https: &'static str,
    pub lost: fn(MediaKinds) -> &'static str,
    pub plug_in_again: &'static str,
    pub failed: fn(MediaKinds) -> &'static str,
    pub restart_browser: &'static str,
    pub try_again: &'static str,
}

pub(super) const ENGLISH: LobbyMessages = LobbyMessages {
    invites_you: |host| format!("{host} invites you to"),
    joins_as: "You join as",
    join: "Join",
    nothing_sent: "Nothing of your camera is sent before you join.",
    needs_script: "The call needs a current browser with JavaScript switched on. If this text stays, \
                   please switch it on or use another browser.",
    opening: |kinds| match kinds {
        MediaKinds::Camera => {
            "Opening your camera. If your browser asks, please allow it: only you see it until you join."
        }
        MediaKinds::Microphone => {
            "Opening your microphone. If your browser asks, please allow it: nobody hears you until \
             you join."
        }
        MediaKinds::Both => {
            "Opening your camera and microphone. If your browser asks, please allow them: nobody sees \
             or hears you until you join."
        }
    },

    self_view: "Your camera, as only you see it",
    level: "Microphone level",
    wake_level: "Click anywhere to see how loud you are.",
    switches: "Microphone and camera",
    camera: "Camera",
    microphone: "Microphone",
    speaker: "Speaker",
    camera_numbered: |number| format!("Camera {number}"),
    microphone_numbered: |number| format!("Microphone {number}"),
    speaker_numbered: |number| format!("Speaker {number}"),
    no_devices: "None to choose from",
    on: "on",
    off: "off",
    opens: "opening…",

    with_both: "You join with camera and microphone.",
    without_camera: "You join without a camera: the others hear you and see your initials.",
    without_microphone: "You join without a microphone: the others see you but cannot hear you.",
    without_both: "You join without camera and microphone. You see and hear the others and can chat.",

    denied: |kinds| match kinds {
        MediaKinds::Camera => "This page may not use your camera.",
        MediaKinds::Microphone => "This page may not use your microphone.",
        MediaKinds::Both => "This page may not use your camera and microphone.",
    },
    allow_in_chromium: "In Chrome or Edge: click the icon left of the address, set camera and \
                        microphone to “Allow”, then try again here.",
    allow_in_chromium_on_android: "In the browser's menu open the settings, then Site settings, allow \
                                   camera and microphone for this site, and try again here.",
    allow_in_firefox: "In Firefox: click the crossed-out camera or microphone left of the address, \
                       remove “Blocked”, then try again here and choose “Allow”.",
    allow_in_safari: "In Safari: open Safari › Settings › Websites, set Camera and Microphone to \
                      “Allow” for this site, then try again here.",
    allow_on_apple_mobile: "Tap the page menu beside the address, open the settings for this website \
                            and allow camera and microphone. Otherwise open the Settings app, choose \
                            your browser and allow both there.",
    allow_elsewhere: "Allow camera and microphone for this site in the browser's settings, then try \
                      again here.",
    denied_by_system: |kinds| match kinds {
        MediaKinds::Camera => "Your system does not let this browser use the camera.",
        MediaKinds::Microphone => "Your system does not let this browser use the microphone.",
        MediaKinds::Both => "Your system does not let this browser use camera and microphone.",
    },
    allow_in_system: "Open the system's privacy settings, allow camera and microphone for this \
                      browser, then try again here.",
    not_found: |kinds| match kinds {
        MediaKinds::Camera => "No camera was found.",
        MediaKinds::Microphone => "No microphone was found.",
        MediaKinds::Both => "No camera and no microphone were found.",
    },
    plug_in: "Plug one in and try again, or join without.",
    busy: |kinds| match kinds {
        MediaKinds::Camera => "Another program seems to be using your camera.",
        MediaKinds::Microphone => "Another program seems to be using your microphone.",
        MediaKinds::Both => "Other programs seem to be using your camera and microphone.",
    },
    close_others: "Close other calls and camera programs, then try again, or choose another device.",
    insecure: |kinds| match kinds {
        MediaKinds::Camera => "Browsers allow a camera on secure pages only.",
        MediaKinds::Microphone => "Browsers allow a microphone on secure pages only.",
        MediaKinds::Both => "Browsers allow camera and microphone on secure pages only.",
    },
    use_https: "This page was opened over http. Please open it with an address that begins with \
                https://, or ask your interviewer for one.",
    lost: |kinds| match kinds {
        MediaKinds::Camera => "Your camera was disconnected.",
        MediaKinds::Microphone => "Your microphone was disconnected.",
        MediaKinds::Both => "Your camera and microphone were disconnected.",
    },
    plug_in_again: "Plug it in again, or choose another device, then try again.",
    failed: |kinds| match kinds {
        MediaKinds::Camera => "Your camera could not be opened.",
        MediaKinds::Microphone => "Your microphone could not be opened.",
        MediaKinds::Both => "Your camera and microphone could not be opened.",
    },
    restart_browser: "Please try again. If that does not help, restart the browser.",
    try_again: "Try again",
};

pub(super) const CHINESE: LobbyMessages = LobbyMessages {
    invites_you: |host| format!("{host} 邀请你参加"),
    joins_as: "你的身份",
    join: "进入面试间",
    nothing_sent: "进入之前，不会发送你的任何画面。",
    needs_script: "通话需要较新的浏览器并启用 JavaScript。如果这段文字一直显示，请启用 JavaScript 或换一个浏览器。",
    opening: |kinds| match kinds {
        MediaKinds::Camera => {
            "正在打开摄像头。如果浏览器询问，请选择“允许”：进入之前只有你自己能看到画面。"
        }
        MediaKinds::Microphone => {
            "正在打开麦克风。如果浏览器询问，请选择“允许”：进入之前没有人能听到你。"
        }
        MediaKinds::Both => {
            "正在打开摄像头和麦克风。如果浏览器询问，请选择“允许”：进入之前没有人能看到或听到你。"
        }
    },

    self_view: "你的摄像头画面，仅自己可见",
    level: "麦克风音量",
    wake_level: "点击页面任意位置即可查看音量。",
    switches: "麦克风和摄像头",
    camera: "摄像头",
    microphone: "麦克风",
    speaker: "扬声器",
    camera_numbered: |number| format!("摄像头 {number}"),
    microphone_numbered: |number| format!("麦克风 {number}"),
    speaker_numbered: |number| format!("扬声器 {number}"),
    no_devices: "没有可选的设备",
    on: "已开",
    off: "已关",
    opens: "正在打开…",

    with_both: "你将开着摄像头和麦克风进入。",
    without_camera: "你将不开摄像头进入：其他人能听到你，画面处显示你的姓名缩写。",
    without_microphone: "你将不开麦克风进入：其他人能看到你，但听不到你说话。",
    without_both: "你将不开摄像头和麦克风进入：你能看到、听到其他人，也可以发送聊天消息。",

    denied: |kinds| match kinds {
        MediaKinds::Camera => "本页面没有使用摄像头的权限。",
        MediaKinds::Microphone => "本页面没有使用麦克风的权限。",
        MediaKinds::Both => "本页面没有使用摄像头和麦克风的权限。",
    },
    allow_in_chromium: "Chrome 或 Edge：点击地址栏左侧的图标，把摄像头和麦克风设为“允许”，然后在这里重试。",
    allow_in_chromium_on_android: "打开浏览器菜单中的“设置”，进入“网站设置”，允许本网站使用摄像头和麦克风，然后在这里重试。",
    allow_in_firefox: "Firefox：点击地址栏左侧带斜线的摄像头或麦克风图标，清除“已阻止”，然后在这里重试并选择“允许”。",
    allow_in_safari: "Safari：打开“Safari 浏览器 › 设置 › 网站”，把本网站的摄像头和麦克风设为“允许”，然后在这里重试。",
    allow_on_apple_mobile: "轻点地址旁的页面菜单，打开“网站设置”，允许摄像头和麦克风；或者在系统的“设置”中找到所用浏览器并允许两者。",
    allow_elsewhere: "请在浏览器设置中允许本网站使用摄像头和麦克风，然后在这里重试。",
    denied_by_system: |kinds| match kinds {
        MediaKinds::Camera => "系统不允许此浏览器使用摄像头。",
        MediaKinds::Microphone => "系统不允许此浏览器使用麦克风。",
        MediaKinds::Both => "系统不允许此浏览器使用摄像头和麦克风。",
    },
    allow_in_system: "请在系统的隐私设置中允许此浏览器使用摄像头和麦克风，然后在这里重试。",
    not_found: |kinds| match kinds {
        MediaKinds::Camera => "没有找到摄像头。",
        MediaKinds::Microphone => "没有找到麦克风。",
        MediaKinds::Both => "没有找到摄像头和麦克风。",
    },
    plug_in: "请接上设备后重试，也可以不使用设备直接进入。",
    busy: |kinds| match kinds {
        MediaKinds::Camera => "摄像头似乎正被其他程序占用。",
        MediaKinds::Microphone => "麦克风似乎正被其他程序占用。",
        MediaKinds::Both => "摄像头和麦克风似乎正被其他程序占用。",
    },
    close_others: "请关闭其他通话或拍摄程序后重试，或者选择另一个设备。",
    insecure: |kinds| match kinds {
        MediaKinds::Camera => "浏览器只允许安全页面使用摄像头。",
        MediaKinds::Microphone => "浏览器只允许安全页面使用麦克风。",
        MediaKinds::Both => "浏览器只允许安全页面使用摄像头和麦克风。",
    },
    use_https: "当前页面通过 http 打开。请使用以 https:// 开头的地址，或向面试官索取。",
    lost: |kinds| match kinds {
        MediaKinds::Camera => "摄像头已断开。",
        MediaKinds::Microphone => "麦克风已断开。",
        MediaKinds::Both => "摄像头和麦克风已断开。",
    },
    plug_in_again: "请重新接上，或选择另一个设备，然后重试。",
    failed: |kinds| match kinds {
        MediaKinds::Camera => "无法打开摄像头。",
        MediaKinds::Microphone => "无法打开麦克风。",
        MediaKinds::Both => "无法打开摄像头和麦克风。",
    },
    restart_browser: "请重试；如果仍然不行，请重启浏览器。",
    try_again: "重试",
};
