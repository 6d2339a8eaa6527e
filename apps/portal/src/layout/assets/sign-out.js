// Goes on to the identity provider by itself; without this script the person presses the button.
document.getElementById('sign-out')?.requestSubmit();
